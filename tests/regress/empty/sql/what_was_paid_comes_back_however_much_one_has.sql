-- An application has written more into Ann's account than there is room for beside what she has paid. Whatever others do goes
-- on: what is too much leaves circulation by a correction, and all that was paid comes back.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
select book('Ann', 'Ben', '09:00') -> 'success' as booked;
select book('Ann', 'Ben', '10:00', 30) -> 'success' as booked;
select book('Ann', 'Cyd', '11:30') -> 'success' as booked;
select book('Cyd', 'Ben', '13:00') -> 'success' as booked;
update credits set balance = 2147483600 where user_id = id('Ann');
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, description)
values (id('Ann'), 'bonus', 2147483600 - 150, 150, 2147483600, 'By the application');
select * from peer_exchange.verify_ledger();

savepoint before;
call signs_in('Ben');
select refund('Ann', 'Ben', '09:00') - 'session_id' as reply;
call signs_in(null);
select * from balances where person in ('Ann', 'Ben');
select type, amount, before, after, of_session, description from ledger where person = 'Ann' and after >= 2147483000;
select books_balance();

rollback to before;
update users set is_active = false where id = id('Ben');
select * from balances where person in ('Ann', 'Ben', 'Cyd');
select type, amount, before, after, of_session, description from ledger where person = 'Ann' and after >= 2147483000;
select client, practitioner, status, payment_status from sessions;
select books_balance();

rollback to before;
delete from users where id = id('Ben');
select * from balances where person in ('Ann', 'Ben', 'Cyd');
select books_balance();

rollback to before;
update client_sessions set status = 'cancelled' where start_time in ('09:00', '11:30', '13:00');
select * from balances where person in ('Ann', 'Ben', 'Cyd');
select books_balance();

-- She leaves herself.
rollback to before;
delete from users where id = id('Ann');
select * from balances where person in ('Ann', 'Ben', 'Cyd');
select books_balance();
rollback;

-- Nor do jobs stop.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Ben', '09:00') -> 'success' as booked;
select book('Cyd', 'Ben', '11:00') -> 'success' as booked;
select ask('Ann', 'Cyd', '13:00', 30) -> 'success' as asked;
call begins_in('Ann', 'Ben', '-2 days');
call begins_in('Cyd', 'Ben', '-3 days');
call requests_run_out();
update credits set balance = 2147483630, total_spent = -2147483648 where user_id = id('Ann');
update credits set balance = 2147483500, total_earned = 2147483647 where user_id = id('Ben');
savepoint before;
select peer_exchange.settle_due_sessions() as settled;
select peer_exchange.expire_requests() as expired;
select * from accounts();
select person, type, amount, before, after, of_session, description from ledger where type = 'adjustment';
-- Ben, says Ann, did not come.
rollback to before;
call signs_in('Ann');
select report('Ann', 'Ben') ->> 'status' as status;
call signs_in(null);
call was_reported('2 days');
select peer_exchange.settle_due_sessions() as settled;
select * from accounts();
rollback;

-- Whoever owes as much as an account can say owes no more.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
update credits set balance = 10, owed = 2147483617 where user_id = id('Ben');
update users set is_active = false where id = id('Ann');
select * from balances where person in ('Ann', 'Ben');
select type, amount, before, after, owed_before, owed_after, of_session, description from ledger where person = 'Ben' order by type, amount;
rollback;

-- What the ledger says of a session beyond all accounts is paid as far as an account goes.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id)
values (id('Ann'), 'session_payment', 2147483647, 0, 0, session('Ann', 'Ben'));
update users set is_active = false where id = id('Ben');
select * from balances where person in ('Ann', 'Ben');
rollback;

-- Both can look at it still, and what was asked for is accepted.
begin;
call story.starts();
call give('Ann', 300);
select ask('Ann', 'Ben', '09:00') -> 'success' as asked;
select ask('Ann', 'Ben', '10:30') -> 'success' as asked;
update credits set balance = 2147483647 where user_id = id('Ann');
call signs_in('Ann');
select get_credit_statement()::jsonb - 'entries' as statement;
call signs_in('Ben');
select accept('Ann', 'Ben', '09:00') - 'session_id' as reply;
select accept('Ann', 'Ben', '09:00') - 'session_id' as again;
call signs_in(null);
set local peer_exchange.settlement = 'completion';
call signs_in('Ben');
select accept('Ann', 'Ben', '10:30') - 'session_id' as reply;
select accept('Ann', 'Ben', '10:30') - 'session_id' as again;
rollback;
