-- setup() plans as the owner of the tables, and makes temporary ones to compare with.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
create role confined_owner;
do $$
begin
  execute (select string_agg(format('alter table %s owner to confined_owner', oid::regclass), '; ')
             from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r');
end $$;
revoke temporary on database scratch from public;
create extension peer_exchange cascade;
create temporary table announced as select * from peer_exchange.setup(true);
create temporary table reported as select * from peer_exchange.setup();
(table announced except all table reported) union all (table reported except all table announced);
select object, action from peer_exchange.setup() where action <> 'unchanged';
select has_database_privilege('confined_owner', 'scratch', 'temporary') as may_now;
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role confined_owner;
\set ECHO all
