-- What was committed while it waited for the tables has to be seen. Where there is nothing to change, any level will do.
begin isolation level repeatable read;
select count(*) > 0 as was_looked_at from peer_exchange.setup() where action = 'unchanged';
alter table client_sessions disable trigger zzzz_peer_exchange_3_keep_time;
select count(*) as to_be_altered from peer_exchange.setup(true) where action = 'altered';
\set SHOW_CONTEXT never
select * from peer_exchange.setup();
\echo :LAST_ERROR_SQLSTATE
rollback;
