-- Whoever books an hour before the start has just been told; the reminder of two hours is left out.
begin;
call story.starts();
call give('Ann', 100);
set local peer_exchange.reminder_minutes_before = '1440, 120, 30';
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', '60 minutes');
select peer_exchange.send_due_reminders() as sent;
call waits('59 minutes');
select peer_exchange.send_due_reminders() as sent;
-- Paid for at the very moment, or before it, it reminds.
call waits('60 minutes');
select peer_exchange.send_due_reminders() as sent;
select * from reminders;
rollback;
