-- A day and two hours before the start, to the microsecond, and never once the session has begun.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '1440 minutes 1 microsecond');
select peer_exchange.send_due_reminders() as before_it_is_due;
call begins_in('Ann', 'Ben', '1440 minutes');
select peer_exchange.send_due_reminders() as a_day_before;
select * from reminders;
rollback;

begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Ben', '0');
select peer_exchange.send_due_reminders() as at_the_start;
call begins_in('Ann', 'Ben', '1 microsecond');
select peer_exchange.send_due_reminders() as just_before;
rollback;
