-- Row-level security lets either party change a peer session; its money is guarded all the same.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select world() as before \gset
call signs_in('Ann');
set local role authenticated;
update client_sessions set credit_cost = 1000 where is_peer_booking;
update client_sessions set is_peer_booking = false;
update client_sessions set session_date = session_date + 7 where is_peer_booking;
update client_sessions set payment_status = 'pending' where is_peer_booking;
update client_sessions set payment_status = 'refunded' where is_peer_booking;
update client_sessions set duration_minutes = 240 where is_peer_booking;
update client_sessions set idempotency_key = 'key' where is_peer_booking;
update client_sessions set created_at = '2999-01-01' where is_peer_booking;
update client_sessions set status = 'expired' where is_peer_booking;
update client_sessions set status = 'declined' where is_peer_booking;
update client_sessions set status = 'pending_payment' where is_peer_booking;
delete from client_sessions where is_peer_booking;
-- Nor does she write somebody else's into being, or charge it.
call inserts('Cyd', 'Ben', '14:00');
select book('Cyd', 'Ben', '14:00');
reset role;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'completed' where is_peer_booking;
update client_sessions set client_id = id('Cyd') where is_peer_booking;
reset role;
select world() = :'before' as nothing_was_written;
-- A stranger does not even see it.
call signs_in('Cyd');
set local role authenticated;
update client_sessions set notes = 'mine' where is_peer_booking;
delete from client_sessions where is_peer_booking;
select count(*) as sessions_of_cyd from client_sessions;
reset role;
select world() = :'before' as nothing_was_written;
rollback;
