-- $1 session, $2 idempotency key, $3 the time zone of moves that version 0.1.0 has recorded.
select move.moved_by,
       move.session_date + move.start_time               as asked,
       zone.previous                                     as previous_timezone,
       start.previous                                    as previous_starts_at,
       start.previous at time zone zone.previous         as previous_local_start,
       zone.present                                      as timezone,
       start.present                                     as starts_at,
       start.present at time zone zone.present           as local_start,
       move.status,
       move.moved_at
  from peer_exchange.session_moves as move
 cross join lateral (
       select case when peer_exchange.is_time_zone(move.previous_timezone) then move.previous_timezone else $3 end as previous,
              case when peer_exchange.is_time_zone(move.timezone) then move.timezone else $3 end                   as present
       offset 0) as zone
 cross join lateral (
       select coalesce(move.previous_starts_at,
                       (move.previous_session_date + move.previous_start_time) at time zone zone.previous) as previous,
              coalesce(move.starts_at, (move.session_date + move.start_time) at time zone zone.present)    as present
       offset 0) as start
 where move.session_id = $1
   and move.idempotency_key = $2
