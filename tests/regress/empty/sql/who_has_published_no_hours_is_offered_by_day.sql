-- On tables that setup() made nobody is offered at three in the morning who has not said that she works then. A booking has
-- no such limit, as ever.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
call signs_in('Ann');
create function story.offered(practitioner text, minutes integer default 60) returns table (first text, last text, slots bigint)
language sql
as $$
  select min(slot ->> 'start_time'), max(slot ->> 'start_time'), count(*)
    from json_array_elements(get_available_slots(id(practitioner), monday(), monday(), minutes) -> 'slots') as slot
$$;
create function story.searched(practitioner text) returns time
language sql
as $$
  select (found -> 'next_free_slot' ->> 'start_time')::time
    from json_array_elements(search_peer_practitioners(practitioner) -> 'practitioners') as found
$$;
show peer_exchange.unpublished_hours;
select * from offered('Ben');
select * from offered('Ben', 90);
select searched('Ben') between '08:00' and '19:00' as by_day;
select book('Ann', 'Ben', '03:00') ->> 'status' as booked_all_the_same;
-- By her own clock, also where she has published nothing but that.
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Asia/Tokyo');
select min(slot ->> 'starts_at') like '%T23:00:00+00:00' as at_eight_in_tokyo
  from json_array_elements(get_available_slots(id('Ben'), monday() + 7, monday() + 7) -> 'slots') as slot;

reset request.jwt.claims;
set local peer_exchange.unpublished_hours = 'any';
select * from offered('Cyd');
set local peer_exchange.unpublished_hours = ' 22:00 - 06:00 ';
select * from offered('Cyd');
set local peer_exchange.unpublished_hours = 'none';
select * from offered('Cyd');
select searched('Cyd') is null as nothing_is_next;
-- Who has published hours is offered in these, whatever the setting says.
insert into practitioner_availability (user_id, working_hours) values (id('Cyd'), '{"monday": {"start": "03:00", "end": "05:00"}}');
select * from offered('Cyd');
-- Of whom single dates are known, these.
update practitioner_availability
   set working_hours = jsonb_build_object('exceptions', jsonb_build_object(monday()::text, '[{"start": "06:00", "end": "08:00"}]'::jsonb))
 where user_id = id('Cyd');
select * from offered('Cyd');
set local peer_exchange.unpublished_hours = 'by day';
\echo :LAST_ERROR_SQLSTATE
set local peer_exchange.unpublished_hours = '8-20';
rollback;
