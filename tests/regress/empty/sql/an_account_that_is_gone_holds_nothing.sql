-- The application took the row of Ann's balance away. What was held there is gone with it, and nobody else waits for that: what
-- she asked for is declined, withdrawn, expires, and is settled, and Ben can leave.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
set local peer_exchange.settlement = completion;
select book('Ann', 'Ben', '12:00') -> 'success' as booked, book('Cyd', 'Ben', '14:00') -> 'success' as booked_as_well;
delete from credits where user_id = id('Ann');
savepoint before;

call signs_in('Ben');
select refund('Ann', 'Ben', '10:00') as declined;
select refund('Ann', 'Ben', '12:00') as cancelled;
call signs_in(null);
select * from accounts();

rollback to before;
call signs_in('Ann');
select refund('Ann', 'Ben', '10:00') -> 'refunded_credits' as withdrawn;
call signs_in(null);

rollback to before;
call requests_run_out();
select peer_exchange.expire_requests() as expired;
update client_sessions set session_date = current_date - 3 where start_time > '10:00';
select peer_exchange.settle_due_sessions() as settled;
select * from accounts();
select client, practitioner, status from sessions order by start_time;

rollback to before;
update users set is_active = false where id = id('Ben');
select client, practitioner, status from sessions order by start_time;
select * from accounts();
rollback;
