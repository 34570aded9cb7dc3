begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
set local peer_exchange.no_show_percent = 50;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-1 hour');
select complete('Ann', 'Ben') -> 'settled_credits' as settled;
-- The application has it take place once more.
update client_sessions set status = 'scheduled';
select settled_at, held_credits, payment_status from client_sessions;
select charge('Ann', 'Ben');
select complete('Ann', 'Ben');
update client_sessions set status = 'in_progress';
update client_sessions set status = 'completed';
select * from accounts();
select books_balance();
-- Missed after all, half of what was paid goes back.
update client_sessions set status = 'scheduled';
select report('Ann', 'Ben') -> 'returned_credits' as returned;
select * from accounts();
select books_balance();
rollback;

-- Given back and revived, it is charged and settled anew.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
update client_sessions set status = 'scheduled', cancelled_at = null;
select charge('Ann', 'Ben');
call begins_in('Ann', 'Ben', interval '-1 hour');
select complete('Ann', 'Ben') -> 'settled_credits' as settled;
select * from outcomes();
select * from accounts();
select books_balance();
rollback;
