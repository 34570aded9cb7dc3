-- Ben earns sixty, spends forty of them, and Ann's session is cancelled: she has her sixty back, Ben
-- owes forty and pays them from what he earns next.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Cyd', '14:00', 40) -> 'success' as spent;
select refund('Ann', 'Ben');
select * from balances;
select person, type, amount, before, after, owed_before, owed_after from ledger offset 5;
select books_balance();

-- Nothing can be bought with what is owed.
select book('Ben', 'Cyd', '16:00', 1) -> 'details' as details;
select book('Ann', 'Ben', '18:00', 30) -> 'success' as earns_thirty;
select * from balances where person = 'Ben';
select book('Ann', 'Ben', '19:00', 30) -> 'success' as earns_thirty_more;
select * from balances where person = 'Ben';
select person, type, amount, before, after, owed_before, owed_after from ledger where person = 'Ben';
select books_balance();
rollback;
