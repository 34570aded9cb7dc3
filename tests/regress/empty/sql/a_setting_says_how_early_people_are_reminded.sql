\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '3 hours');
set local peer_exchange.reminder_minutes_before = '';
select peer_exchange.send_due_reminders() as never;
set local peer_exchange.reminder_minutes_before = '179';
select peer_exchange.send_due_reminders() as too_early;
set local peer_exchange.reminder_minutes_before = ' 180 ';
select peer_exchange.send_due_reminders() as in_time;

set local peer_exchange.reminder_minutes_before = 'two hours';
set local peer_exchange.reminder_minutes_before = '0';
set local peer_exchange.reminder_minutes_before = '43201';
set local peer_exchange.reminder_minutes_before = '1,2,3,4,5,6,7,8,9,10,11';
show peer_exchange.reminder_minutes_before;
rollback;
