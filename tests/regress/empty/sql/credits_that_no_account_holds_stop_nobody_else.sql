-- An application may keep balances in larger columns than its ledger. Who has more than that can tell is named to whoever books
-- with them, and goes on giving back and getting back; jobs, lists and calls of others go on.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
drop view story.balances, story.ledger;
alter table credits alter balance type bigint, alter total_earned type bigint;
call give('Ann', 500);
call give('Ben', 10);
call give('Cyd', 100);
select book('Ann', 'Ben') -> 'success' as booked;
update credits set balance = 3000000000 where user_id = id('Ben');
select book('Ann', 'Ben', '12:00');
\echo :LAST_ERROR_SQLSTATE
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage');
call signs_in('Ben');
select get_credit_statement() -> 'balance' as stands_at;
call signs_in(null);
-- Nobody who is not to be paid by him or to pay him:
select book('Ann', 'Cyd', '15:00') -> 'success' as booked;
select peer_exchange.allocate_credits(5, 'Monthly', 'May', array[id('Ann'), id('Ben')]);
select who(user_id) as has_got from credit_transactions where idempotency_key = 'allocation:May' order by 1;
select peer_exchange.allocate_credits(5, 'Monthly', 'May') > 0 as allocated;
select peer_exchange.allocate_credits(5, 'Monthly', 'May') as no_more;
select who(user_id) as has_got from credit_transactions
 where idempotency_key = 'allocation:May' and user_id in (id('Ann'), id('Ben'), id('Cyd')) order by 1;
call signs_in('Ann');
select count(*) from jsonb_array_elements(get_my_peer_sessions()::jsonb -> 'sessions');
select plain(reschedule_peer_booking(session('Ann', 'Ben'), monday(1), '11:00')) -> 'success' as moved;
call signs_in(null);
call waits('3 days');
call begins_in('Ann', 'Ben', '2 hours');
select peer_exchange.send_due_reminders() as reminded;
select who(recipient_id) as person, payload -> 'balance_after' as balance from notifications where type = 'peer_booking_reminder' order by 1;
savepoint before;
select refund('Ann', 'Ben') -> 'practitioner_new_balance' as given_back;
select amount, balance_before, balance_after from credit_transactions
 where user_id = id('Ben') order by created_at desc limit 1;
rollback to before;
update users set is_active = false where id = id('Ann');
select who(user_id) as person, balance from credits where user_id in (id('Ann'), id('Ben')) order by 1;
rollback to before;
delete from users where id = id('Ben');
select amount, balance_before, balance_after, description from credit_transactions
 where user_id = id('Ben') order by created_at desc limit 1;
rollback to before;
set local peer_exchange.settlement = completion;
update credits set balance = 70 where user_id = id('Ben');
select book('Ann', 'Ben', '18:00') -> 'success' as booked;
select ask('Cyd', 'Ben', '20:00') -> 'success' as asked;
update credits set balance = 3000000000 where user_id in (id('Ben'), id('Cyd'));
call requests_run_out();
select peer_exchange.expire_requests() as expired;
update client_sessions set session_date = current_date - 9 where start_time = '18:00';
select peer_exchange.settle_due_sessions() as settled;
select who(user_id) as person, balance, held from credits where user_id in (id('Ben'), id('Cyd')) order by 1;
select finding, who(user_id) as person, expected, actual from peer_exchange.verify_ledger() order by person, finding;
rollback to before;
update credits set balance = 70 where user_id = id('Ben');
select refund('Ann', 'Ben') -> 'success' as refunded;

-- A total is as full as a balance.
update credits set total_earned = 2147483647 where user_id = id('Ben');
select book('Ann', 'Ben', '12:00');
select peer_exchange.grant_credits(id('Ben'), 1, 'Gift');
select peer_exchange.allocate_credits(5, 'Monthly', 'June') > 0 as allocated;
select peer_exchange.allocate_credits(5, 'Monthly', 'June') as no_more;

-- What no integer holds, offered.
alter table practitioner_products alter credit_cost type bigint, alter duration_minutes type bigint;
insert into practitioner_products (id, practitioner_id, name, credit_cost, duration_minutes) values
  ('b0000000-0000-4000-8000-000000000001', id('Cyd'), 'Dear', 3000000000, null),
  ('b0000000-0000-4000-8000-000000000002', id('Cyd'), 'Long', null, 3000000000);
select get_practitioner_credit_cost(id('Cyd'), 60, 'b0000000-0000-4000-8000-000000000001');
select get_practitioner_credit_cost(id('Cyd'), 60, 'b0000000-0000-4000-8000-000000000002');
select book('Ann', 'Cyd', '17:00', product => 'b0000000-0000-4000-8000-000000000001');
select book('Ann', 'Cyd', '17:00', product => 'b0000000-0000-4000-8000-000000000002');
select book('Ann', 'Cyd', '17:00') -> 'success' as booked;
rollback;
