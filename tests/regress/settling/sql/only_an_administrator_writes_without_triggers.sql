-- What setup() derives for sessions that are there fires no trigger. The owner of the tables may execute what the extension
-- brings; but her code, which runs meanwhile, would write past foreign keys and past the triggers of others.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select peer_exchange.refresh_occupancy() as refreshed;
set local role practice_owner;
select peer_exchange.refresh_occupancy();
\echo :LAST_ERROR_SQLSTATE
select peer_exchange.refresh_occupancy(0, 1);
\echo :LAST_ERROR_SQLSTATE
-- Nor by a function of hers that an administrator calls.
create function public.refreshes() returns bigint language sql security definer as $$ select peer_exchange.refresh_occupancy() $$;
reset role;
select public.refreshes();
\echo :LAST_ERROR_SQLSTATE
show session_replication_role;
-- Whoever may hand the function on administers the extension in a superuser's place.
grant execute on function peer_exchange.refresh_occupancy(bigint, bigint, boolean) to practice_owner with grant option;
set local role practice_owner;
select peer_exchange.refresh_occupancy() as refreshed;
rollback;
