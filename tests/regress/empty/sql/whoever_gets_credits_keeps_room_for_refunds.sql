-- What Ann has paid for sessions may come back, and what Ben has earned may be taken from him again: neither a grant nor a
-- booking may take the place of that.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select peer_exchange.grant_credits(id('Ann'), 2147483647 - 100 + 1, 'One too many');
select peer_exchange.adjust_credits(id('Ann'), 2147483647 - 100 + 1, 'One too many');
select peer_exchange.grant_credits(id('Ann'), 2147483647 - 100, 'All that she can have') ->> 'balance_after' as balance;
select peer_exchange.grant_credits(id('Ann'), 1, 'One too many');
select peer_exchange.allocate_credits(1, 'Monthly', 'May') > 0 as allocated;
select peer_exchange.allocate_credits(1, 'Monthly', 'May') as no_more;
select who(user_id) as has_got from credit_transactions
 where idempotency_key = 'allocation:May' and user_id in (id('Ann'), id('Ben'), id('Cyd')) order by 1;
select peer_exchange.allocate_credits(1, 'Monthly', 'June', array[id('Ann')]);
-- Nor does she earn any more, also where she would earn when the session is settled.
call give('Cyd', 500);
select book('Cyd', 'Ann', '12:00');
set local peer_exchange.settlement = 'completion';
select book('Cyd', 'Ann', '12:00');
select ask('Cyd', 'Ann', '12:00');
reset peer_exchange.settlement;
-- What is to be owed leaves as much room.
select peer_exchange.adjust_credits(id('Ben'), -61, 'Paid out') ->> 'balance_after' as balance;
select peer_exchange.adjust_credits(id('Ben'), -2147483647, 'Far too many');
-- She spends, and others cancel and leave.
select book('Ann', 'Ben', '15:00', 90) -> 'success' as booked;
select refund('Ann', 'Ben', '10:00') ->> 'client_new_balance' as balance;
update users set is_active = false where id = id('Ben');
select * from balances where person in ('Ann', 'Ben');
select transaction_type, amount, balance_after from credit_transactions where user_id = id('Ann') order by id desc limit 2;
select books_balance();
rollback;
