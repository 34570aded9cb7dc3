-- What the list says and what a move says are the same clock, wherever the practitioner is by now.
begin;
call story.starts();
call give('Ann', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
update practitioner_availability set timezone = 'America/New_York';
create view story.place as
select lower(occupied_during) at time zone 'Europe/London' - monday() as in_london, session_date - monday() as day, start_time, occupied_timezone
  from client_sessions;

call signs_in('Ann');
-- To where it is: nothing happens.
select reply ->> 'success' as success, reply ->> 'start_time' as start_time, reply ->> 'timezone' as timezone, reply ->> 'previous_timezone' as before
  from reschedule_peer_booking(session('Ann', 'Ben'), monday(), '10:00') as reply;
select * from story.place;
select count(*) from notifications where type = 'peer_booking_rescheduled';

select reply ->> 'success' as success, (reply ->> 'session_date')::date - monday() as day, reply ->> 'start_time' as start_time, reply ->> 'timezone' as timezone,
       (reply ->> 'starts_at')::timestamptz = (monday() + 1 + time '11:00') at time zone 'Europe/London' as starts_at,
       (reply ->> 'ends_at')::timestamptz - (reply ->> 'starts_at')::timestamptz as lasts,
       reply ->> 'previous_start_time' as previous_start_time, reply ->> 'previous_timezone' as previous_timezone,
       (reply ->> 'previous_starts_at')::timestamptz = (monday() + time '10:00') at time zone 'Europe/London' as previous_starts_at
  from reschedule_peer_booking(session('Ann', 'Ben'), monday() + 1, '11:00', 'later') as reply;
select * from story.place;
select distinct payload ->> 'start_time' as start_time, payload ->> 'timezone' as timezone,
       payload ->> 'previous_start_time' as previous_start_time, payload ->> 'previous_timezone' as previous_timezone
  from notifications
 where type = 'peer_booking_rescheduled';
-- The answer to a retry is the same, whatever has become of the session.
select reschedule_peer_booking(session('Ann', 'Ben'), monday() + 2, '12:00') ->> 'success' as moved;
select reply ->> 'replayed' as replayed, (reply ->> 'session_date')::date - monday() as day, reply ->> 'start_time' as start_time,
       reply ->> 'previous_start_time' as previous_start_time
  from reschedule_peer_booking(session('Ann', 'Ben'), monday() + 1, '11:00', 'later') as reply;
-- Her hours are on the clock that she publishes them on: noon in London is seven in New York.
update practitioner_availability
   set working_hours = (select jsonb_object_agg(day, '{"start": "09:00", "end": "17:00"}'::jsonb)
                          from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday']) as day);
select reschedule_peer_booking(session('Ann', 'Ben'), monday() + 3, '12:00') ->> 'error_code' as too_early;
select reschedule_peer_booking(session('Ann', 'Ben'), monday() + 3, '15:00') ->> 'success' as moved;
rollback;
