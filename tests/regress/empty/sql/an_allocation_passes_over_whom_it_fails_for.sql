-- Everybody else gets what the period brings; the last call fails as it does for whoever can be given nothing. Where people are
-- named, it is all of them or none.
\set VERBOSITY terse
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
call give('Ann', 40);
call give('Ben', 100);
alter table credits add constraint at_most check (balance <= 100);
select peer_exchange.allocate_credits(5, 'Monthly', 'May') as allocated;
select peer_exchange.allocate_credits(5, 'Monthly', 'May') as nobody_else;
select who(user_id) as has_got, balance_after from credit_transactions where idempotency_key = 'allocation:May' order by 1;
select peer_exchange.allocate_credits(5, 'Monthly', 'June', array[id('Ann'), id('Ben')]) as named;
select balance from credits where user_id = id('Ann');
alter table credits drop constraint at_most;
select peer_exchange.allocate_credits(5, 'Monthly', 'May') as allocated_then, peer_exchange.allocate_credits(5, 'Monthly', 'May') as no_more;
select books_balance();
rollback;

-- Two rows for one person, as an application may have without a key.
begin;
call story.starts();
alter table credits drop constraint credits_pkey;
call give('Ben', 100);
insert into credits (user_id, balance) values (id('Ben'), 5);
select peer_exchange.allocate_credits(5, 'Monthly', 'May') as allocated;
select who(user_id) as has_got from credit_transactions where idempotency_key = 'allocation:May' order by 1;
rollback;
