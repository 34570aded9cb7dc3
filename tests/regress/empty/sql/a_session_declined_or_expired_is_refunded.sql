-- By the application, which gives up what was paid for.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
update client_sessions set status = 'declined' where start_time = '10:00';
update client_sessions set status = 'expired' where start_time = '12:00';
select * from sessions;
select * from balances;
select * from messages where type = 'peer_booking_cancelled_refunded';
-- Given up is given up, whatever it is called.
update client_sessions set status = 'cancelled';
select refund('Ann', 'Ben', '10:00') ->> 'error_code' as code;
select * from balances;
select books_balance();
rollback;
