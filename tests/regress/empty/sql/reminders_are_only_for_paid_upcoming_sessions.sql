-- Nobody is reminded of what is cancelled, unpaid, over, or no peer session.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call inserts('Ann', 'Cyd', '12:00');
call inserts('Eli', 'Ben', '14:00', is_peer_booking => false);
select book('Cyd', 'Ben', '16:00') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '5 hours');
call begins_in('Ann', 'Cyd', '7 hours');
call begins_in('Eli', 'Ben', '9 hours');
call begins_in('Cyd', 'Ben', '11 hours');

select refund('Cyd', 'Ben') -> 'success' as cancelled;
savepoint untouched;
update client_sessions set status = 'completed' where id = session('Ann', 'Ben');
select peer_exchange.send_due_reminders() as completed;
rollback to untouched;
update client_sessions set status = 'in_progress' where id = session('Ann', 'Ben');
select peer_exchange.send_due_reminders() as in_progress;
rollback to untouched;
update client_sessions set status = 'confirmed' where id = session('Ann', 'Ben');
select peer_exchange.send_due_reminders() as confirmed;
rollback to untouched;

select peer_exchange.send_due_reminders() as of_all;
select * from reminders;
rollback;
