begin;
call story.starts();
call give('Ann', 100);
call inserts('Ann', 'Ben', minutes => 45);
select * from sessions;
select charge('Ann', 'Ben', minutes => 45);
select * from sessions;
select * from balances;
select * from ledger;
select * from messages;
select world() as before \gset

-- Charged once, however often it is asked for.
select charge('Ann', 'Ben', minutes => 45) as again;
select world() = :'before' as nothing_was_written;
select books_balance();
rollback;
