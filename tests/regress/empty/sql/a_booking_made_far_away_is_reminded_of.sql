-- Whoever has just paid is not reminded: when that was is told by a column that may say no time zone.
begin;
call story.starts();
call lives_in('America/New_York');
alter table credit_transactions alter created_at type timestamp;
set local peer_exchange.reminder_minutes_before = '60';
set local timezone = 'Pacific/Kiritimati';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
set local timezone = 'UTC';
set local session_replication_role = replica;
update credit_transactions set created_at = created_at - interval '3 hours';
set local session_replication_role = origin;
call begins_in('Ann', 'Ben', '50 minutes');
select peer_exchange.send_due_reminders() as sent;
select * from reminders;
rollback;
