begin;
call story.starts();
-- Fixed dates, both changes of two zones: ten o'clock stays ten o'clock, and an hour stays an hour.
select zone, day, lower(slot) at time zone 'UTC' as starts_in_utc, upper(slot) - lower(slot) as lasts
  from (values ('Europe/London',    date '2024-03-30'), ('Europe/London',    date '2024-03-31'),
               ('Europe/London',    date '2024-10-26'), ('Europe/London',    date '2024-10-27'),
               ('America/New_York', date '2024-03-09'), ('America/New_York', date '2024-03-10'),
               ('America/New_York', date '2024-11-02'), ('America/New_York', date '2024-11-03'),
               ('Asia/Kolkata',     date '2024-03-31')) as days (zone, day),
       peer_exchange.occupied_during('scheduled', day, '10:00', 60, zone, null) as slot;

-- Half past midnight, for two hours, on a day that lacks an hour and on one that has it twice.
select day, lower(slot) at time zone 'UTC' as starts_in_utc, upper(slot) at time zone 'UTC' as ends_in_utc,
       upper(slot) at time zone 'Europe/London' as ends_in_london
  from unnest(array[date '2024-03-31', date '2024-10-27']) as day,
       peer_exchange.occupied_during('scheduled', day, '00:30', 120, 'Europe/London', null) as slot;

-- Only what is active takes anybody's time.
select status, peer_exchange.occupied_during(status, date '2024-05-06', '10:00', 60, 'UTC', null) is not null as occupies
  from unnest(array['scheduled', 'confirmed', 'in_progress', 'pending_payment', 'pending_approval', 'completed', 'cancelled',
                    'no_show', 'declined', 'expired']) as status;

-- Booked on the next change of the clock in spring, when the hour from one to two is missing in
-- London: a session from half past midnight takes an hour, to half past two on the wall.
call give('Ann', 1000);
call give('Cyd', 1000);
set local peer_exchange.max_advance_days = 800;
set local timezone = 'Europe/London';
select max(day)::date as change
  from generate_series(date_trunc('year', now()) + interval '1 year 2 months', date_trunc('year', now()) + interval '1 year 2 months 30 days', interval '1 day') as day
 where extract(isodow from day) = 7 \gset
set local timezone = 'UTC';
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
select book('Ann', 'Ben', '00:30', 60, :'change') -> 'success' as booked;
select lower(occupied_during) - :'change'::timestamptz as starts_in_utc, upper(occupied_during) - lower(occupied_during) as lasts
  from client_sessions;
select book('Cyd', 'Ben', '02:29', 60, :'change') ->> 'error_code' as into_it;
select book('Cyd', 'Ben', '02:30', 60, :'change') -> 'success' as after_it;
rollback;
