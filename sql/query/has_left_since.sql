-- $1 person, $2 a moment.
select exists (select from peer_exchange.departures as departure
                where departure.person_id = $1
                  and departure.left_at > $2) as has_left
