-- For everyone; a correction is a new row.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select world() as before \gset
update credit_transactions set amount = 1;
\echo :LAST_ERROR_SQLSTATE
update credit_transactions set description = 'nothing to see';
delete from credit_transactions;
\echo :LAST_ERROR_SQLSTATE
truncate credit_transactions;
\echo :LAST_ERROR_SQLSTATE
insert into credit_transactions select * from credit_transactions on conflict (id) do update set amount = 1;
select world() = :'before' as nothing_was_written;

-- An application that allocates credits itself writes both, and the books balance.
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after)
values (id('Ann'), 'bonus', 10, 140, 150);
update credits set balance = balance + 10 where user_id = id('Ann');
select * from balances;
select books_balance();
rollback;
