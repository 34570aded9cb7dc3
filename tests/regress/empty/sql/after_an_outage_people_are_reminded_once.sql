-- Of several reminders that are due only the one nearest to the start is sent; the others count as sent.
begin;
call story.starts();
call give('Ann', 100);
set local peer_exchange.reminder_minutes_before = '2880, 1440, 120, 30';
select book('Ann', 'Ben') -> 'success' as booked;
call waits('5 days');
call begins_in('Ann', 'Ben', '100 minutes');
select peer_exchange.send_due_reminders() as sent;
select * from reminders;
select minutes_before from peer_exchange.sent_reminders order by minutes_before;

-- An earlier moment that is added to the setting meanwhile has passed.
set local peer_exchange.reminder_minutes_before = '2880, 1440, 720, 120, 30';
select peer_exchange.send_due_reminders() as sent;
rollback;
