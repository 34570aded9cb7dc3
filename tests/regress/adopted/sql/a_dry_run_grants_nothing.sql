-- Not even what the plan is made with.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
create role new_owner;
do $$
begin
  execute (select string_agg(format('alter table %s owner to new_owner', oid::regclass), '; ')
             from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r');
end $$;
create extension peer_exchange cascade;
select count(*) > 50 as says_a_lot from peer_exchange.setup(true);
select has_schema_privilege('new_owner', 'peer_exchange', 'usage') as enters,
       has_function_privilege('new_owner', 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute') as grants,
       has_table_privilege('new_owner', 'peer_exchange.session_moves', 'select') as reads;
create temporary table announced as select * from peer_exchange.setup(true);
create temporary table reported as select * from peer_exchange.setup();
(table announced except all table reported) union all (table reported except all table announced);
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role new_owner;
\set ECHO all
