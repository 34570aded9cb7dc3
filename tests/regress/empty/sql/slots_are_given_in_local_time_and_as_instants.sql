begin;
call story.starts();
insert into practitioner_availability (user_id, timezone, working_hours) values (id('Ben'), 'America/New_York',
  '{"monday": {"enabled": true, "start": "09:00", "end": "10:30"}}');
-- An hour each on a Monday of winter, as seen from elsewhere.
set local timezone = 'Asia/Kolkata';
set local peer_exchange.max_advance_days = 800;
select (date_trunc('year', now() at time zone 'UTC') + interval '1 year 13 days')::date as second_week \gset
select :'second_week'::date - extract(isodow from :'second_week'::date)::integer + 1 as a_monday \gset
create temporary table reply as
select get_available_slots(id('Ben'), :'a_monday', :'a_monday'::date + 1, 60, 15) as reply;
select reply -> 'success' as success, reply ->> 'practitioner_id' = id('Ben')::text as practitioner,
       reply -> 'timezone' as timezone, reply -> 'duration_minutes' as minutes, reply -> 'credit_cost' as cost
  from reply;
select (slot ->> 'session_date')::date - :'a_monday'::date as day, slot ->> 'start_time' as start_time,
       right(slot ->> 'starts_at', 15) as starts_at, right(slot ->> 'ends_at', 15) as ends_at,
       (slot ->> 'starts_at')::timestamptz at time zone 'America/New_York' - :'a_monday'::date as on_the_wall
  from reply, json_array_elements(reply -> 'slots') as slot;

-- A read-only transaction will do, and nothing is written.
set transaction read only;
select json_array_length(get_available_slots(id('Ben'), :'a_monday', :'a_monday') -> 'slots') as slots;
rollback;
