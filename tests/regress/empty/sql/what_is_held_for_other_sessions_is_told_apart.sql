-- Replies say what is held for all sessions, not what is held for this one.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', day => monday(1)) -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
select complete('Ann', 'Ben') -> 'client_held' as client_held;
select * from accounts();
rollback;

-- Also where nothing is held for this one, and where its practitioner has a hold of her own.
begin;
call story.starts();
call give('Ann', 200);
call give('Ben', 200);
select book('Ann', 'Ben') -> 'success' as booked;
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Cyd', day => monday(1)) -> 'success' as booked;
select book('Ben', 'Cyd', day => monday(2)) -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
select complete('Ann', 'Ben') -> 'client_held' as client_held;
select * from accounts();
select books_balance();
rollback;
