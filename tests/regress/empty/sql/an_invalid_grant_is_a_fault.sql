\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
select peer_exchange.grant_credits(id('Ann'), 100, 'Monthly allocation', 'month-1') ->> 'success' as granted;
select world() as before \gset
select peer_exchange.grant_credits(null, 100, 'Gift');
select peer_exchange.grant_credits(id('Ann'), null, 'Gift');
select peer_exchange.grant_credits(id('Ann'), 100, null);
select peer_exchange.grant_credits(id('Ann'), 100, '  ');
select peer_exchange.grant_credits(id('Ann'), 0, 'Gift');
select peer_exchange.grant_credits(id('Ann'), -1, 'Gift');
select peer_exchange.grant_credits(id('Ann'), -2147483648, 'Gift');
-- more than a balance can hold
select peer_exchange.grant_credits(id('Ann'), 2147483647, 'Gift');
select peer_exchange.grant_credits(id('Nobody'), 100, 'Gift');
-- the same key for another amount
select peer_exchange.grant_credits(id('Ann'), 99, 'Monthly allocation', 'month-1');
select peer_exchange.grant_credits(id('Ann'), 100, 'Gift', repeat('x', 256));
select world() = :'before' as nothing_was_written;
select peer_exchange.grant_credits(id('Ben'), 2147483647, 'Gift') ->> 'balance_after' as balance;
rollback;
