-- $1 person.
insert into peer_exchange.departures (person_id, left_at)
select $1, clock_timestamp()
 where exists (select from public.credit_transactions as entry where entry.user_id = $1)
    on conflict (person_id) do update
   set left_at = excluded.left_at
