begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
-- Of two days twelve hours are left.
set local session_replication_role = 'replica';
update client_sessions set requested_at = now() - interval '36 hours' + interval '1 microsecond', expires_at = now() + interval '12 hours' + interval '1 microsecond';
set local session_replication_role = 'origin';
select peer_exchange.send_due_reminders() as written;
set local session_replication_role = 'replica';
update client_sessions set requested_at = now() - interval '36 hours', expires_at = now() + interval '12 hours';
set local session_replication_role = 'origin';
select peer_exchange.send_due_reminders() as written;
select peer_exchange.send_due_reminders() as written;
select * from messages where type = 'peer_booking_request_reminder';
select title, payload ->> 'expires_at' is not null as says_until_when from notifications where type = 'peer_booking_request_reminder';
rollback;

-- Of one that was answered nobody is.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
set local session_replication_role = 'replica';
update client_sessions set requested_at = now() - interval '36 hours', expires_at = now() + interval '12 hours';
set local session_replication_role = 'origin';
select accept('Ann', 'Ben') -> 'success' as accepted;
select peer_exchange.send_due_reminders() as written;
rollback;
