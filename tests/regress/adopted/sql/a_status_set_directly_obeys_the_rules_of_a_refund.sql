-- What the function refuses is refused here, as an error; whatever the application's policies allow.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
create policy "Everybody does everything" on client_sessions for all using (true) with check (true);
select book('Ann', 'Cyd') -> 'success' as booked;
call signs_in('Ben');
set local role authenticated;
update client_sessions set status = 'cancelled' where is_peer_booking;
\echo :LAST_ERROR_SQLSTATE
reset role;
call begins_in('Ann', 'Cyd', '-2 hours');
call signs_in('Ann');
set local role authenticated;
-- The hour that she paid for has begun.
update client_sessions set status = 'cancelled' where is_peer_booking;
\echo :LAST_ERROR_SQLSTATE
reset role;
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'completed' where is_peer_booking;
update client_sessions set status = 'cancelled' where is_peer_booking;
\echo :LAST_ERROR_SQLSTATE
reset role;
select status from sessions;
select count(*) as remembered from refusals();
select books_balance();
rollback;
