-- Where an application grants on every table to come, in any schema, ours stay closed.
\i regress/adopted/scratch.sql
alter default privileges grant all on tables to anon, authenticated;
alter default privileges grant all on sequences to anon, authenticated;
alter default privileges grant execute on functions to anon, authenticated;
set client_min_messages = warning;
create extension peer_exchange cascade;
select count(*) > 0 as made_something from peer_exchange.setup();
select relation.relname, role.rolname
  from pg_class as relation
 cross join pg_roles as role
 where relation.relnamespace = 'peer_exchange'::regnamespace and relation.relkind in ('r', 'v')
   and role.rolname in ('anon', 'authenticated')
   and has_table_privilege(role.oid, relation.oid, 'select, insert, update, delete, truncate');
select relation.relname, role.rolname
  from pg_class as relation
 cross join pg_roles as role
 where relation.relnamespace = 'peer_exchange'::regnamespace and relation.relkind = 'S'
   and role.rolname in ('anon', 'authenticated')
   and has_sequence_privilege(role.oid, relation.oid, 'usage, select, update');
select routine.proname, role.rolname
  from pg_proc as routine
 cross join pg_roles as role
 where routine.pronamespace = 'peer_exchange'::regnamespace and routine.proname like '%figures'
   and role.rolname in ('anon', 'authenticated')
   and has_function_privilege(role.oid, routine.oid, 'execute');
\i regress/adopted/scratch_end.sql
