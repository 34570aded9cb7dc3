begin;
call story.starts();
select book('Ann', 'Ben') as without_an_account;
select count(*) as accounts_opened from credits;
call give('Ann', 59);
select world() as before \gset
select book('Ann', 'Ben') as one_short;
select world() = :'before' as nothing_was_written;
call give('Ann', 1);
select book('Ann', 'Ben') as just_enough;
select * from balances;
rollback;
