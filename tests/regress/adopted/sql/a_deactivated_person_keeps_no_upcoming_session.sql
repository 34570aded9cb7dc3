-- The application deactivates as before; what follows is ours.
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
select book('Ann', 'Ben') -> 'success' as booked;
set local role service_role;
update users set is_active = false where id = id('Ben');
reset role;
select * from sessions;
select who(user_id) as person, balance, current_balance from credits order by person;
select * from messages where type = 'peer_booking_cancelled_refunded';
-- Eli's ordinary booking is the application's.
select status from client_sessions where not is_peer_booking;
select books_balance();
rollback;
