-- occupied_during follows from date, time, duration and status, whatever is written into it.
begin;
call story.starts();
call give('Ann', 200);
call give('Cyd', 200);
select book('Ann', 'Ben') -> 'success' as booked;
update client_sessions set occupied_during = null;
select occupies from sessions;
insert into client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, occupied_during)
values (id('Ben'), id('Eli'), monday(), '14:00', 60, 'empty');
select book('Cyd', 'Ben', '14:30') ->> 'error_code' as code;
-- The application may move a session; its time moves with it.
update client_sessions set start_time = '16:00' where is_peer_booking;
select book('Cyd', 'Ben', '16:30') ->> 'error_code' as code;
select book('Cyd', 'Ben', '10:00') -> 'success' as booked;
rollback;
