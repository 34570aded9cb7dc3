-- Not even by the owner: what she may change besides, the application may.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select world() as before \gset
update client_sessions set credit_cost = 1;
\echo :LAST_ERROR_SQLSTATE
update client_sessions set credit_cost = null;
update client_sessions set is_peer_booking = false;
update client_sessions set client_id = id('Cyd');
update client_sessions set therapist_id = id('Cyd');
update client_sessions set client_id = therapist_id, therapist_id = client_id;
update client_sessions set therapist_id = null;
update client_sessions set id = id('Nobody');
update client_sessions set duration_minutes = 240;
update client_sessions set product_id = id('Nobody');
update client_sessions set idempotency_key = 'key';
delete from client_sessions;
\echo :LAST_ERROR_SQLSTATE
truncate client_sessions;
truncate client_sessions cascade;
select world() = :'before' as nothing_was_written;

-- What a session is about may change.
update client_sessions set notes = 'Left shoulder', client_name = 'Ann A.', status = 'confirmed';
select notes, client_name, status from client_sessions;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
select books_balance();
rollback;

-- Neither can an ordinary session be made one of peers.
begin;
call story.starts();
call inserts('Eli', 'Ben', '10:00', is_peer_booking => false);
call inserts('Ann', 'Ben', '12:00');
update client_sessions set is_peer_booking = true where start_time = '10:00';
-- It is nobody's loss when a session that was never charged goes.
delete from client_sessions where start_time = '12:00';
delete from client_sessions where start_time = '10:00';
select count(*) from client_sessions;
rollback;
