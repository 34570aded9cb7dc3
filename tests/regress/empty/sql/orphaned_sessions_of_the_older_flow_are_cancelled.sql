-- A client that inserts a session and vanishes before the charge blocks nobody for long.
begin;
call story.starts();
call give('Ann', 200);
call inserts('Ann', 'Ben', '08:00');
call inserts('Ann', 'Ben', '10:00');
call inserts('Ann', 'Ben', '12:00');
call inserts('Eli', 'Ben', '14:00', is_peer_booking => false);
select charge('Ann', 'Ben', '10:00') -> 'success' as charged;
-- now() stands still within a transaction: the edge is exact.
update client_sessions set created_at = now() - interval '15 minutes 1 microsecond' where start_time <> '12:00';
update client_sessions set created_at = now() - interval '15 minutes' where start_time = '12:00';

select peer_exchange.cancel_orphaned_sessions() as cancelled;
select * from sessions;
select status from client_sessions where not is_peer_booking;
select cancellation_reason from client_sessions where status = 'cancelled';
select peer_exchange.cancel_orphaned_sessions() as cancelled_again;
select book('Ann', 'Cyd', '08:00') -> 'success' as free_again;

-- Another age.
select peer_exchange.cancel_orphaned_sessions('14 minutes') as cancelled;
select books_balance();
rollback;

-- No age, or one in the future, is no answer.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call inserts('Ann', 'Ben');
select peer_exchange.cancel_orphaned_sessions(null);
select peer_exchange.cancel_orphaned_sessions('-1 hour');
select status from sessions;
rollback;
