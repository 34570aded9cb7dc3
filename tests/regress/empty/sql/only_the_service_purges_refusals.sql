\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call signs_in('Ann');
select peer_exchange.purge_refusals();
call signs_in('Ann', 'service_role');
select peer_exchange.purge_refusals();
rollback;
