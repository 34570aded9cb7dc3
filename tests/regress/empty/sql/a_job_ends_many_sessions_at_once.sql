-- What the application sets is taken as it is; credits move by the refund's rules alone, and a row that moves none
-- stops no other.
begin;
call story.starts();
call give('Ann', 500);
select book('Ann', 'Ben', '08:00') -> 'success' as booked;
select book('Ann', 'Ben', '09:00') -> 'success' as booked;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '11:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
call inserts('Ann', 'Ben', '13:00');
call inserts('Ann', 'Ben', '14:00', status => 'completed');
call inserts('Eli', 'Ben', '15:00', is_peer_booking => false);
update client_sessions set status = 'completed' where start_time = '08:00';
update client_sessions set status = 'no_show' where start_time = '09:00';
update client_sessions set status = 'in_progress' where start_time = '10:00';
update client_sessions set status = 'cancelled' where start_time = '11:00';
select * from sessions;
update client_sessions set status = 'cancelled';
select * from sessions;
select * from balances;
select person, type, credits, balance_after from messages where type = 'peer_booking_cancelled_refunded';
-- No detour makes a second refund.
update client_sessions set status = 'scheduled' where start_time in ('11:00', '12:00');
update client_sessions set status = 'cancelled';
select * from balances;
select books_balance();
rollback;

-- Each row as it would be by itself: a job that ends what has begun completes, and cancels what has not.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben', '08:00') -> 'success' as booked;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
update client_sessions
   set status = case start_time when '08:00' then 'completed' when '10:00' then 'cancelled' else 'no_show' end;
select * from sessions;
select * from balances;
select books_balance();
rollback;

-- Nor does one of whose people somebody is no more.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Cyd', '08:00') -> 'success' as booked;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
update client_sessions set status = 'completed' where start_time = '08:00';
delete from users where id = id('Cyd');
update client_sessions set status = 'cancelled';
select * from sessions;
select * from balances;
select books_balance();
rollback;
