-- CREATE EXTENSION adopts what it finds at once. While client_sessions is out of its sight it does
-- nothing, and then the dry run lists it all before any of it is done.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table client_sessions rename to client_sessions_hidden;
create extension peer_exchange cascade;
alter table client_sessions_hidden rename to client_sessions;
create temporary table announced as select * from peer_exchange.setup(true);
select count(*) as our_triggers from pg_trigger where tgname like '%peer\_exchange\_%';
create temporary table done as select * from peer_exchange.setup();
(table announced except all table done) union all (table done except all table announced);
select object, action from done where action <> 'unchanged' order by object, action;
\i regress/adopted/scratch_end.sql
