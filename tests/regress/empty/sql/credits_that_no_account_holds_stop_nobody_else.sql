-- An application may keep balances in larger columns than its ledger. Whoever is to have credits moved there is told whose it is;
-- lists and calls of others go on.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
drop view story.balances, story.ledger;
alter table credits alter balance type bigint, alter total_earned type bigint;
call give('Ann', 500);
call give('Ben', 10);
select book('Ann', 'Ben') -> 'success' as booked;
update credits set balance = 3000000000 where user_id = id('Ben');
select book('Ann', 'Ben', '12:00');
\echo :LAST_ERROR_SQLSTATE
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage');
select refund('Ann', 'Ben');
call signs_in('Ben');
select get_credit_statement();
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
