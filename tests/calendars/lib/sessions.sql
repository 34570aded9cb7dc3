-- Ann's sessions: every half hour of the days around each change of the clock in two years to come, an hour each. They overlap, which
-- matters to no calendar.
alter table public.client_sessions drop constraint client_sessions_no_overlap;
set session_replication_role = replica;
insert into public.client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking,
                                    occupied_during, occupied_timezone)
select 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', (start.at at time zone zone)::date,
       (start.at at time zone zone)::time, 60, 'scheduled', true, tstzrange(start.at, start.at + interval '1 hour'), zone
  from unnest(array['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) as zone
 cross join generate_series(date_trunc('year', now()) + interval '1 year', date_trunc('year', now()) + interval '3 years',
                            interval '1 day') as day (at)
 cross join generate_series(day.at - interval '3 hours', day.at + interval '27 hours', interval '30 minutes') as start (at)
 where (day.at at time zone zone) - (day.at at time zone 'UTC')
       <> (day.at + interval '1 day') at time zone zone - (day.at + interval '1 day') at time zone 'UTC'
    -- Where clocks are never set, one day.
    or (zone = 'Asia/Kolkata' and day.at = date_trunc('year', now()) + interval '1 year 1 day');
set session_replication_role = origin;
insert into peer_exchange.calendar_feeds (person_id, digest)
values ('a0000000-0000-4000-8000-000000000001', sha256('a secret'));
