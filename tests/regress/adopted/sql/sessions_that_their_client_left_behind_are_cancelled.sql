-- A client that inserts a session and vanishes before the charge blocks nobody for long.
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Cyd', '08:00');
call inserts('Ann', 'Cyd', '10:00');
call inserts('Ann', 'Cyd', '12:00');
call inserts('Ann', 'Ben', '14:00', is_peer_booking => false);
select charge('Ann', 'Cyd', '10:00') -> 'success' as charged;
reset role;
call signs_in(null);
-- now() stands still within a transaction: the edge is exact.
update peer_exchange.awaited_charges set since = now() - interval '15 minutes 1 microsecond';
update peer_exchange.awaited_charges set since = now() - interval '15 minutes' where session_id = session('Ann', 'Cyd', '12:00');

select peer_exchange.cancel_orphaned_sessions() as cancelled;
select * from sessions;
select status from client_sessions where not is_peer_booking order by status;
select cancellation_reason from client_sessions where status = 'cancelled';
select peer_exchange.cancel_orphaned_sessions() as cancelled_again;
select book('Ann', 'Ben', '09:00', 30) -> 'success' as free_again;

-- Another age.
select peer_exchange.cancel_orphaned_sessions('14 minutes') as cancelled;
select count(*) as awaited from peer_exchange.awaited_charges;
select books_balance();
rollback;

-- One that she has deleted is forgotten, a day later.
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Cyd');
delete from client_sessions where is_peer_booking;
reset role;
update peer_exchange.awaited_charges set since = now() - interval '1 day';
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select count(*) as awaited from peer_exchange.awaited_charges;
update peer_exchange.awaited_charges set since = now() - interval '1 day 1 microsecond';
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select count(*) as awaited from peer_exchange.awaited_charges;
rollback;

-- No age, or one in the future, is no answer.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Ben');
reset role;
select peer_exchange.cancel_orphaned_sessions(null);
select peer_exchange.cancel_orphaned_sessions('-1 hour');
select status from sessions;
rollback;
