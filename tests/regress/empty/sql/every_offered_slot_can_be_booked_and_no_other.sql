begin;
call story.starts();
call give('Ann', 200);
set local peer_exchange.max_advance_days = 800;

-- What a booking at this start would end in, undone at once: booked, or why not.
create function story.outcome(client text, practitioner text, day date, at time, minutes integer default 60, product uuid default null)
returns text
language plpgsql
as $$
begin
  begin
    raise exception using message = coalesce(
      create_peer_booking(id(client), id(practitioner), day, at, minutes, 'massage', null, product) ->> 'error_code', 'booked');
  exception when raise_exception then
    return sqlerrm;
  end;
end $$;

-- Every start of these days, with whether it is offered and what becomes of it; one that the clock skips by the name that
-- the clock gives it.
create function story.starts_of(practitioner text, first_day date, last_day date, step integer default 15,
                                minutes integer default 60, product uuid default null)
returns table (day date, at time, is_offered boolean, outcome text)
language sql
as $$
  with offered as (
    select (slot ->> 'session_date')::date as day, (slot ->> 'start_time')::time as at
      from json_array_elements(get_available_slots(id(practitioner), first_day, last_day, minutes, step, product) -> 'slots') as slot
  )
  select first_day + nth, time '00:00' + make_interval(mins => minute), offered.day is not null,
         story.outcome('Ann', practitioner, first_day + nth, time '00:00' + make_interval(mins => minute), minutes, product)
    from generate_series(0, last_day - first_day) as nth
   cross join generate_series(0, 1439, step) as minute
   cross join lateral (select (first_day + nth + make_interval(mins => minute)) at time zone zone at time zone zone as at
                         from peer_exchange.time_zone_of(id(practitioner)) as zone) as shown
    left join offered on offered.day + offered.at = shown.at
$$;

-- Ben has two ranges on Monday, works across Tuesday's midnight, is away on Wednesday, and is
-- engaged on both sides; Ann gives and receives besides. Between two sessions lie ten minutes.
set local peer_exchange.buffer_minutes = 10;
insert into practitioner_availability (user_id, timezone) values
  (id('Ann'), 'Europe/London'), (id('Cyd'), 'Europe/London');
insert into practitioner_availability (user_id, timezone, working_hours) values (id('Ben'), 'Europe/London',
  '{"monday":    {"enabled": true, "hours": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
    "tuesday":   {"enabled": true, "start": "20:00", "end": "02:00"},
    "wednesday": {"enabled": true, "start": "09:00", "end": "17:00"},
    "thursday":  {"enabled": false, "start": "09:00", "end": "17:00"},
    "sunday":    {"enabled": true, "start": "00:00", "end": "06:00"}}');
insert into calendar_events (user_id, start_time, end_time) values
  (id('Ben'), (monday() + 2 + time '10:00') at time zone 'Europe/London', (monday() + 2 + time '11:30') at time zone 'Europe/London');
call inserts('Cyd', 'Ben', '09:30', 60);
call inserts('Ben', 'Cyd', '14:00', 30);
call inserts('Ann', 'Cyd', '16:00', 30);
call inserts('Cyd', 'Ann', '21:00', 60, monday() + 1);
-- A hold that nobody pays for is in nobody's way.
call inserts('Cyd', 'Ben', '13:00', 30, monday() + 2, 'pending_payment');
update client_sessions set expires_at = now() - interval '1 hour' where status = 'pending_payment';

call signs_in('Ann');
select extract(isodow from day) as weekday, count(*) filter (where is_offered) as offered,
       bool_and(is_offered = (outcome = 'booked')) as rightly,
       array_agg(distinct outcome collate "C") as outcomes
  from story.starts_of('Ben', monday(), monday() + 3)
 group by day
 order by day;
-- Another raster and length.
select count(*) filter (where is_offered) as offered, bool_and(is_offered = (outcome = 'booked')) as rightly
  from story.starts_of('Ben', monday(), monday() + 3, 35, 90);

-- The Sundays on which London's clocks change: an hour is missing, and another comes twice.
set local timezone = 'Europe/London';
create temporary table changes as
select extract(month from day) as month, max(day)::date as day
  from generate_series(date_trunc('year', now()) + interval '1 year', date_trunc('year', now()) + interval '2 years', interval '1 day') as day
 where extract(isodow from day) = 7 and extract(month from day) in (3, 10)
 group by 1;
set local timezone = 'UTC';
select month, count(*) filter (where is_offered) as offered,
       bool_and(is_offered = (outcome = 'booked')) as rightly
  from changes, story.starts_of('Ben', day - 1, day)
 group by month
 order by month;
select month, starts.at
  from changes, story.starts_of('Ben', day, day, 30) as starts
 where is_offered
 order by month, at;

-- What is too soon and what is too far ahead depends on the hour at which this runs. Who has published no hours is offered
-- like this where the setting says so.
set local peer_exchange.unpublished_hours = 'any';
delete from practitioner_availability where user_id = id('Ben');
set local peer_exchange.min_notice_minutes = 600;
set local peer_exchange.max_advance_days = 2;
select count(*) filter (where is_offered) > 0 as some, bool_and(is_offered = (outcome = 'booked')) as rightly,
       array_agg(distinct outcome collate "C") as outcomes
  from story.starts_of('Ben', current_date - 1, current_date + 3, 60);

-- A product says how long it takes.
set local peer_exchange.max_advance_days = 365;
insert into practitioner_products (id, practitioner_id, duration_minutes, credit_cost) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 200, 150);
select count(*) filter (where is_offered) as offered, bool_and(is_offered = (outcome = 'booked')) as rightly
  from story.starts_of('Ben', monday(), monday(), 15, 60, 'b0000000-0000-4000-8000-000000000001');

-- With too little credit nothing can be booked, and that is the answer.
select plain(get_available_slots(id('Ben'), monday(), monday(), 201)) as answer,
       count(*) filter (where outcome = 'booked') as booked
  from story.starts_of('Ben', monday(), monday(), 15, 201);
rollback;
