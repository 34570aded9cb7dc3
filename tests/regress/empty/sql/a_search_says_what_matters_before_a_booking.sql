begin;
call story.starts();
call give('Ann', 500);
set local peer_exchange.credits_per_minute = 0.5;
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, timezone, working_hours) values
  (id('Ben'), 'America/New_York', '{"monday": {"start": "09:00", "end": "11:00"}, "thursday": {"start": "09:00", "end": "10:00"}}'),
  (id('Cyd'), ' ', '{"monday": {"enabled": true, "start": "nine"}, "tuesday": {"start": "nine"}, "wednesday": {"start": "nine"},
                     "thursday": {"start": "nine"}, "friday": {"start": "nine"}, "saturday": {"start": "nine"}, "sunday": {"start": "nine"}}');
set local session_replication_role = origin;
update users set location = 'Bath', specializations = array['Back', 'Neck'] where id = id('Ben');
call inserts('Ann', 'Ben', '10:00', 60, current_date - 30, 'completed');
call inserts('Cyd', 'Ben', '11:00', 60, current_date - 30, 'completed');
call inserts('Cyd', 'Ben', '12:00', 60, current_date - 30, 'cancelled');
call inserts('Ben', 'Ann', '13:00', 60, current_date - 30, 'completed');
call inserts('Ann', 'Ben', '14:00', 60, current_date - 30, 'completed', false);

create function story.shown(practitioner text, minutes integer default 60) returns jsonb
language sql
as $$
  select jsonb_array_elements(search_peer_practitioners(practitioner, p_duration_minutes => minutes)::jsonb -> 'practitioners')
$$;
-- Whether the next slot is the first one that is offered on half hours.
create function story.next_is_first_offered(practitioner text, minutes integer default 60) returns boolean
language sql
as $$
  select shown(practitioner, minutes) -> 'next_free_slot'
         = (select slot::jsonb - 'ends_at' || jsonb_build_object('timezone', reply -> 'timezone')
              from get_available_slots(id(practitioner), current_date - 1, current_date + 14, minutes, 30) as reply,
                   json_array_elements(reply -> 'slots') as slot
             limit 1)
$$;

select shown('Ben') - 'next_free_slot' as ben;
select array_agg(key order by key) as keys from jsonb_object_keys(shown('Ben')) as key;
select shown('Cyd') as cyd_whose_hours_nobody_can_read;
select shown('Ben', 31) -> 'credit_cost' as cost_of_half_an_hour;

call signs_in('Ann');
select next_is_first_offered('Ben') as by_the_rules_of_a_booking, next_is_first_offered('Ben', 90) as for_longer;
-- Whatever takes the first one, the next is the first of the others.
create procedure story.takes_first(client text, practitioner text)
language plpgsql
as $$
declare
  slot jsonb := shown(practitioner) -> 'next_free_slot';
begin
  assert create_peer_booking(id(client), id(practitioner), (slot ->> 'session_date')::date, (slot ->> 'start_time')::time, 60,
                             'massage') ->> 'success' = 'true';
end $$;
create temporary table first_slot as select shown('Ben') -> 'next_free_slot' ->> 'starts_at' as starts_at;
call takes_first('Ann', 'Ben');
select next_is_first_offered('Ben') as still, (shown('Ben') -> 'next_free_slot' ->> 'starts_at') > starts_at as later from first_slot;
insert into calendar_events (user_id, start_time, end_time)
select id('Ben'), (shown('Ben') -> 'next_free_slot' ->> 'starts_at')::timestamptz, (shown('Ben') -> 'next_free_slot' ->> 'starts_at')::timestamptz + interval '1 hour';
select next_is_first_offered('Ben') as beside_a_block;
set local peer_exchange.min_notice_minutes = 5000;
select next_is_first_offered('Ben') as after_the_notice;
set local peer_exchange.min_notice_minutes = 20160;
select shown('Ben') -> 'next_free_slot' as beyond_a_fortnight;
set local peer_exchange.min_notice_minutes = 0;
-- The caller's own sessions count as well, what she has does not.
set local peer_exchange.buffer_minutes = 1440;
select next_is_first_offered('Ben') as with_a_buffer;
set local peer_exchange.buffer_minutes = 0;
set local peer_exchange.credits_per_minute = 1000;
select shown('Ben') -> 'next_free_slot' <> 'null' as even_if_too_dear;
-- A zone that nobody knows spoils nobody's search: the setting takes its place.
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
update practitioner_availability set timezone = 'Mars/Base' where user_id = id('Ben');
set local session_replication_role = origin;
select shown('Ben') -> 'next_free_slot' ->> 'timezone' as ben, json_array_length(search_peer_practitioners() -> 'practitioners') as found;

-- A read-only transaction will do.
set transaction read only;
select search_peer_practitioners('ben') -> 'total' as total;
rollback;

\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
select search_peer_practitioners(p_limit => 0);
select search_peer_practitioners(p_limit => 51);
select search_peer_practitioners(p_limit => null);
select search_peer_practitioners(p_offset => -1);
select search_peer_practitioners(p_offset => 10001);
select search_peer_practitioners(p_offset => null);
select search_peer_practitioners(p_duration_minutes => 0);
select search_peer_practitioners(p_duration_minutes => 481);
select search_peer_practitioners(p_duration_minutes => null);
select search_peer_practitioners(repeat('x', 200)) -> 'total' as total;
select search_peer_practitioners(repeat('x', 201));
select search_peer_practitioners(p_role => repeat('x', 201));
select search_peer_practitioners(p_location => repeat('x', 201));
select search_peer_practitioners(p_specialization => repeat('x', 201));
set local peer_exchange.max_duration_minutes = 10080;
set local peer_exchange.credits_per_minute = 1000000;
select search_peer_practitioners(p_duration_minutes => 10080);
call signs_in('Ann', 'anon');
select search_peer_practitioners();
rollback;
