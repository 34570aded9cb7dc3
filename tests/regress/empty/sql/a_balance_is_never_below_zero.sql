\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 10);
update credits set balance = -1;
update credits set owed = -1;
insert into credits (user_id, balance) values (id('Ann'), 5);
insert into credits (user_id, balance) values (id('Ben'), -5);
select * from balances;
rollback;
