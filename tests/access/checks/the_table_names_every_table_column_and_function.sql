-- What is new must be thought about: whoever adds it says in allowed.md who may use it.
create temporary view unnamed as
select format('function %I.%I', schema, name) as object
  from access.routine
 where (schema <> 'public' or oid not in (select before.oid from access.function_before as before))
   and not exists (select from access.allowed_call as call
                    where call.schema = routine.schema and call.function_name = routine.name)
union all
select format('%s of %s (column %s)', action, rows, attname)
  from (select name as rows from access.known_table) as known
 cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as action
  join pg_attribute on attrelid = access.place_of(access.table_of(rows))::regclass and attnum > 0 and not attisdropped
 where not exists (select from access.allowed_action as allowed
                    where allowed.rows = known.rows
                      and allowed.action = action.action
                      and (allowed.column_name = '*' or split_part(allowed.column_name, ' = ', 1) = attname))
   -- A session is inserted unpaid, and the table is truncated with all of them.
   and (rows, action) not in (values ('client_sessions, paid', 'insert'), ('client_sessions, unpaid', 'truncate'))
union all
select 'relation ' || class.oid::regclass
  from pg_class as class
 where class.relnamespace in (select oid from pg_namespace where nspname in ('public', 'peer_exchange_legacy'))
   and class.oid not in (select oid from access.relation_before)
   and class.relkind in ('r', 'v', 'm', 'f', 'p', 'S')
   and class.oid::regclass::text not in (select access.table_of(name) from access.known_table)
union all
select 'relation ' || relation.oid::regclass
  from access.relation
 where relation.name not in (select relation_name from access.allowed_relation);

\echo No line of allowed.md names:
select * from unnamed;
do $$
begin
  assert not exists (select from unnamed);
end $$;
