-- Ben of the second application leaves London, and the session stays on its clock: told, moved, cancelled.
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
reset role;
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'America/New_York')
    on conflict (user_id) do update set timezone = excluded.timezone, working_hours = '{}';
set local role authenticated;
select (reply ->> 'session_date')::date - monday() as day, reply ->> 'start_time' as start_time, reply ->> 'timezone' as timezone,
       (reply ->> 'starts_at')::timestamptz = (monday() + 1 + time '14:00') at time zone 'Europe/London' as starts_at
  from reschedule_peer_booking(:'session', monday() + 1, '14:00') as reply;
select refund('Ann', 'Ben') -> 'success' as refunded;
select listed ->> 'start_time' as start_time, listed ->> 'timezone' as timezone,
       (listed ->> 'starts_at')::timestamptz = (monday() + 1 + time '14:00') at time zone 'Europe/London' as starts_at
  from json_array_elements(get_my_peer_sessions('past') -> 'sessions') as listed
 where listed ->> 'session_id' = :'session';
reset role;
select type, payload ->> 'start_time' as start_time, payload ->> 'timezone' as timezone
  from notifications
 where payload ->> 'session_id' = :'session' and type in ('peer_booking_rescheduled', 'peer_booking_cancelled_refunded') and recipient_id = id('Ann')
 order by type;
select session_timezone, occupied_timezone from client_sessions where id = :'session';
rollback;
