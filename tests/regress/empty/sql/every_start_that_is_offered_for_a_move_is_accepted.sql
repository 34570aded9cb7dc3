-- The slots of a session that is to be moved are those to which it can be, and no others, whoever of the two asks.
begin;
call story.starts();
call give('Ann', 100);
set local peer_exchange.buffer_minutes = 10;

-- What a move to this start would end in, undone at once.
create function story.outcome(person text, day date, at time) returns text
language plpgsql
as $$
begin
  begin
    raise exception using message = coalesce(
      reschedule_peer_booking(session('Ann', 'Ben'), day, at) ->> 'error_code', 'moved');
  exception when raise_exception then
    return sqlerrm;
  end;
end $$;

create function story.targets(person text, first_day date, last_day date, step integer default 15)
returns table (day date, at time, is_offered boolean, outcome text)
language plpgsql
as $$
begin
  call story.signs_in(person);
  return query
    with offered as (
      select (slot ->> 'session_date')::date as day, (slot ->> 'start_time')::time as at
        from json_array_elements(
               get_available_slots(id('Ben'), first_day, last_day, null, step, null, session('Ann', 'Ben')) -> 'slots') as slot
    )
    select first_day + nth, time '00:00' + make_interval(mins => minute), offered.day is not null,
           story.outcome(person, first_day + nth, time '00:00' + make_interval(mins => minute))
      from generate_series(0, last_day - first_day) as nth
     cross join generate_series(0, 1439, step) as minute
      left join offered on offered.day = first_day + nth and offered.at = time '00:00' + make_interval(mins => minute);
end $$;

-- Ann's credits are all with Ben, and what she booked is offered no more. He works on two days, is away for a while, and
-- both are engaged besides.
insert into practitioner_products (id, practitioner_id, duration_minutes, credit_cost) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 90, 100);
insert into practitioner_availability (user_id, timezone, working_hours) values (id('Ben'), 'Asia/Kolkata',
  '{"monday":  {"enabled": true, "hours": [{"start": "09:00", "end": "13:00"}, {"start": "14:00", "end": "17:00"}]},
    "tuesday": {"enabled": true, "start": "09:00", "end": "17:00"}}');
select book('Ann', 'Ben', '10:00', 60, monday(), 'b0000000-0000-4000-8000-000000000001') -> 'success' as booked;
update practitioner_products set is_active = false;
insert into calendar_events (user_id, start_time, end_time) values
  (id('Ben'), (monday() + 1 + time '10:00') at time zone 'Asia/Kolkata', (monday() + 1 + time '11:00') at time zone 'Asia/Kolkata');
call inserts('Cyd', 'Ben', '15:30', 30);
call inserts('Ann', 'Cyd', '08:00', 60, monday() + 1);

select person, count(*) filter (where is_offered) as offered, bool_and(is_offered = (outcome = 'moved')) filter (where not is_there) as rightly,
       bool_or(is_offered) filter (where is_there) as where_it_is, array_agg(distinct outcome collate "C") as outcomes
  from unnest('{Ann,Ben}'::text[]) as person
 cross join lateral story.targets(person, monday(), monday() + 1) as target
 cross join lateral (select target.day = monday() and target.at = '10:00' as is_there) as already
 group by person;

-- It lasts and costs what was booked, and its own time is free for it.
call signs_in('Ann');
select reply -> 'duration_minutes' as minutes, reply -> 'credit_cost' as cost, reply ->> 'timezone' as timezone,
       (select string_agg(slot ->> 'start_time', ' ') from json_array_elements(reply -> 'slots') as slot) as starts
  from get_available_slots(id('Ben'), monday(), monday(), 60, 15, null, session('Ann', 'Ben')) as reply;

-- A client who would lose something by cancelling moves it nowhere; its practitioner to where that is not so.
insert into cancellation_policies (practitioner_id, full_refund_hours) values (id('Ben'), 24);
update cancellation_policies set full_refund_hours = extract(epoch from (monday() + time '12:00') at time zone 'Asia/Kolkata' - now()) / 3600 + 1;
select (reply ->> 'error_code') as code, reply ->> 'error' as error, reply ->> 'credit_cost' as cost
  from get_available_slots(id('Ben'), monday(), monday(), 60, 15, null, session('Ann', 'Ben')) as reply;
select bool_and(is_offered = (outcome = 'moved')) filter (where not (day = monday() and at = '10:00')) as rightly,
       count(*) filter (where outcome = 'RESCHEDULE_TOO_LATE') > 0 as some_are_too_soon
  from story.targets('Ben', monday(), monday() + 1);
delete from cancellation_policies;

-- Ben has moved to Tokyo since: the session is told on the clock that it was promised on, his hours are those of his clock.
update practitioner_availability set timezone = 'Asia/Tokyo' where user_id = id('Ben');
select bool_and(is_offered = (outcome = 'moved')) filter (where not (day = monday() and at = '10:00')) as rightly,
       min(at) filter (where is_offered and day = monday() + 1) as first_on_tuesday
  from story.targets('Ann', monday() - 1, monday() + 1, 60);
select reply ->> 'timezone' as timezone,
       bool_and(((slot ->> 'session_date')::date + (slot ->> 'start_time')::time) at time zone 'Asia/Kolkata' = (slot ->> 'starts_at')::timestamptz) as on_that_clock
  from get_available_slots(id('Ben'), monday() - 1, monday() + 1, 60, 60, null, session('Ann', 'Ben')) as reply,
       json_array_elements(reply -> 'slots') as slot
 group by 1;
rollback;

-- Who may not ask, and what can't be moved.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
call inserts('Eli', 'Ben', '15:00', 30, is_peer_booking => false);
create function story.asked(practitioner text, session_id uuid) returns json
language sql as $$
  select get_available_slots(id(practitioner), monday(), monday(), null, 240, null, session_id)
$$;
call signs_in('Cyd');
select asked('Ben', session('Ann', 'Ben'));
call signs_in('Ann', 'anon');
select asked('Ben', session('Ann', 'Ben'));
call signs_in('Ann');
select asked('Ben', id('Nobody')) ->> 'error_code' as unknown, asked('Cyd', session('Ann', 'Ben')) ->> 'error_code' as of_another,
       get_available_slots(null, monday(), monday(), p_session_id => session('Ann', 'Ben')) ->> 'error_code' as without_practitioner;
call signs_in('Ben');
select asked('Ben', session('Eli', 'Ben')) ->> 'error_code' as ordinary;
-- The service asks for neither side's sake.
call signs_in('Cyd', 'service_role');
select json_array_length(asked('Ben', session('Ann', 'Ben')) -> 'slots') as for_the_service;
call signs_in('Ann');
select refund('Ann', 'Ben') -> 'success' as refunded;
select asked('Ben', session('Ann', 'Ben'));
set transaction read only;
select asked('Ben', session('Ann', 'Ben')) ->> 'error_code' as read_only;
rollback;
