-- An older generation burned payments: the client paid and the practitioner got nothing. The refund brings back exactly
-- what was burned.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 200);
call inserts('Ann', 'Ben', '10:00');
call inserts('Ann', 'Ben', '12:00');
update credits set balance = 0, total_spent = 100 where user_id = id('Ann');
insert into credit_transactions (user_id, session_id, transaction_type, amount, balance_before, balance_after)
select id('Ann'), session('Ann', 'Ben', '10:00'), 'session_payment', 60, 100, 40
union all
select id('Ann'), session('Ann', 'Ben', '12:00'), 'session_payment', 40, 40, 0;
-- The second was earned in part.
update credits set balance = 210, total_earned = 210 where user_id = id('Ben');
insert into credit_transactions (user_id, session_id, transaction_type, amount, balance_before, balance_after)
values (id('Ben'), session('Ann', 'Ben', '12:00'), 'session_earning', 10, 200, 210);
update client_sessions set payment_status = 'paid';
select person, balance, owed from balances;
savepoint burned;
select refund('Ann', 'Ben', '10:00');
select refund('Ann', 'Ben', '12:00');
select person, balance, owed from balances;
select person, type, amount, before, after from ledger where type in ('refund', 'session_earning_reversal');
rollback to burned;
-- By a plain UPDATE, and when somebody leaves.
update client_sessions set status = 'cancelled' where start_time = '10:00';
select person, balance, owed from balances;
update users set is_active = false where id = id('Ben');
select person, balance, owed from balances;
select person, type, credits, balance_after from messages where type = 'peer_booking_cancelled_refunded';
rollback;
