-- An adjustment has either sign. What the balance does not have is owed.
begin;
call story.starts();
call give('Ann', 100);
select peer_exchange.adjust_credits(id('Ann'), 20, 'Forgotten');
select peer_exchange.adjust_credits(id('Ann'), -50, 'Given twice');
select peer_exchange.adjust_credits(id('Ann'), -100, 'Given by mistake');
-- To somebody who has had none.
select peer_exchange.adjust_credits(id('Eli'), 5, 'Forgotten');
select peer_exchange.adjust_credits(id('Cyd'), -5, 'Given by mistake');
select * from balances;
select person, type, amount, before, after, owed_before, owed_after, description from ledger;
-- A credit that is given does not settle what is owed; what she earns next does.
select peer_exchange.adjust_credits(id('Ann'), 10, 'Forgotten');
select person, balance, owed from balances where person = 'Ann';
select books_balance();
rollback;

-- Once under a key.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
select peer_exchange.adjust_credits(id('Ann'), -10, 'Given twice', 'one');
select peer_exchange.adjust_credits(id('Ann'), -10, 'Given twice', 'one');
select peer_exchange.adjust_credits(id('Ben'), -10, 'Given twice', 'one') -> 'replayed' as of_another;
select peer_exchange.adjust_credits(id('Ann'), 10, 'Given twice', 'one');
select peer_exchange.adjust_credits(id('Ann'), -11, 'Given twice', 'one');
select peer_exchange.grant_credits(id('Ann'), 10, 'Gift', 'one');
select peer_exchange.grant_credits(id('Ann'), 10, 'Gift', 'two') -> 'success' as granted;
select peer_exchange.adjust_credits(id('Ann'), 10, 'Gift', 'two');
select * from balances;
rollback;

-- What is no correction.
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
select world() as before \gset
select peer_exchange.adjust_credits(null, 1, 'Why');
select peer_exchange.adjust_credits(id('Ann'), null, 'Why');
select peer_exchange.adjust_credits(id('Ann'), 0, 'Why');
select peer_exchange.adjust_credits(id('Ann'), 1, null);
select peer_exchange.adjust_credits(id('Ann'), 1, ' ');
select peer_exchange.adjust_credits(id('Ann'), 1, 'Why', repeat('x', 256));
select peer_exchange.adjust_credits(id('Nobody'), 1, 'Why');
select peer_exchange.adjust_credits(id('Ann'), 2147483647, 'Why');
select peer_exchange.adjust_credits(id('Ann'), -2147483648, 'Why');
select world() = :'before' as nothing_was_written;
select peer_exchange.adjust_credits(id('Ann'), -2147483647, 'Why') -> 'success' as most;
select balance, owed from balances where person = 'Ann';
rollback;
