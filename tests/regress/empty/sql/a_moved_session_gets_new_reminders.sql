-- What was sent for one start says nothing of another; and back at the first, nobody is told twice.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '10 hours');
select peer_exchange.send_due_reminders() as sent;
call begins_in('Ann', 'Ben', '20 hours');
select peer_exchange.send_due_reminders() as sent;
call begins_in('Ann', 'Ben', '10 hours');
select peer_exchange.send_due_reminders() as sent;
rollback;
