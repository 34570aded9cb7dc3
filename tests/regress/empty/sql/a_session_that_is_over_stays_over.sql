\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 500);
select book('Ann', 'Ben', '08:00') -> 'success' as booked;
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
-- Cancelled and refunded, it does not come back to life.
select refund('Ann', 'Ben', '08:00') -> 'success' as cancelled;
select world() as before \gset
update client_sessions set status = 'scheduled' where start_time = '08:00';
update client_sessions set status = 'completed' where start_time = '08:00';
select world() = :'before' as nothing_was_written;
-- Held, it is not cancelled any more, on no detour.
update client_sessions set status = 'completed' where start_time = '10:00';
select world() as before \gset
update client_sessions set status = 'cancelled' where start_time = '10:00';
update client_sessions set status = 'scheduled' where start_time = '10:00';
select world() = :'before' as nothing_was_written;
-- A practitioner may find that the client did not come after all.
update client_sessions set status = 'no_show' where start_time = '10:00';
select status, cost from sessions;
select books_balance();
rollback;

-- Nobody makes a session held before it has begun, so as to keep its credits.
begin;
call story.starts();
call give('Ann', 500);
select book('Ann', 'Ben') -> 'success' as booked;
call signs_in('Ben');
update client_sessions set status = 'completed';
update client_sessions set status = 'no_show';
update client_sessions set session_date = date '2001-01-01';
call signs_in(null);
select status from sessions;
rollback;
