-- The other party has her credits back; what the deleted person had leaves circulation by a row of
-- its own; the rows about them stay.
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 50);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00', 20) -> 'success' as booked;
update client_sessions set status = 'completed' where start_time = '12:00';
delete from notifications;

delete from users where id = id('Ben');
select * from balances;
select * from ledger;
select * from messages;
select who(client_id) as client, therapist_id, status, credit_cost as cost from client_sessions order by start_time;
select count(*) as balance_rows_of_ben from credits where user_id = id('Ben');
select books_balance();
rollback;

-- As a client.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
delete from users where id = id('Ann');
select * from balances;
select person, type, amount, before, after from ledger;
select books_balance();
rollback;

-- Who leaves owing credits, leaves the debt behind as a row, too.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Cyd', '14:00', 40) -> 'success' as spent;
update client_sessions set status = 'completed' where start_time = '14:00';
select refund('Ann', 'Ben') -> 'practitioner_owes' as owes;
delete from users where id = id('Ben');
select person, type, amount, before, after, owed_before, owed_after from ledger where person = 'Ben';
select * from balances;
select books_balance();
rollback;
