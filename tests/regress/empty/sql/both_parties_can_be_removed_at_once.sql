-- Both parties of a session in one statement: each session is refunded once, and nobody is told who
-- is no longer there.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Cyd', '12:00') -> 'success' as booked;
delete from notifications;
update users set is_active = false;
select * from sessions;
select * from balances;
select person, type, credits from messages;
select books_balance();
rollback;

begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Cyd', '12:00') -> 'success' as booked;
delete from users;
select count(*) as balances from credits;
select person, type, sum(amount) as amount from ledger group by person, type order by person, type;
select status, count(*) from client_sessions group by status;
select books_balance();
rollback;
