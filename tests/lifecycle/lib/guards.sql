-- Everything on the tables of public that must survive dump and restore: policies, triggers, constraints,
-- indexes, columns, privileges.
select 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check
  from pg_policies where schemaname = 'public';
select 'trigger', tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid)
  from pg_trigger where not tgisinternal;
-- Of a closed set of values which they are, in however many steps it was widened.
select 'constraint', conrelid::regclass, conname, convalidated,
       case when contype = 'c' and pg_get_constraintdef(oid) like '%ANY (ARRAY[%'
            then (select string_agg(distinct value[1], ', ' order by value[1])
                    from regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') as value)
            else pg_get_constraintdef(oid) end
  from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0;
select 'index', indexdef from pg_indexes where schemaname = 'public';
select 'column', table_name, column_name, data_type, is_nullable, column_default
  from information_schema.columns where table_schema = 'public';
select 'row security', relname, relrowsecurity, relforcerowsecurity
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r';
select 'table privileges', grantee, table_name, string_agg(privilege_type, ', ' order by privilege_type)
  from information_schema.role_table_grants where table_schema = 'public' group by 2, 3;
select 'column privileges', relname, attname, attacl
  from pg_attribute join pg_class on pg_class.oid = attrelid
 where relnamespace = 'public'::regnamespace and attacl is not null;
select 'function privileges', routine.oid::regprocedure, role.rolname
  from pg_proc as routine
 cross join pg_roles as role
 where routine.pronamespace in (select oid from pg_namespace where nspname in ('public', 'peer_exchange'))
   and role.rolname in ('anon', 'authenticated', 'service_role')
   and exists (select from pg_depend
                where objid = routine.oid and deptype = 'e'
                  and refobjid = (select oid from pg_extension where extname = 'peer_exchange'))
   and has_function_privilege(role.oid, routine.oid, 'execute');
select 'relation privileges', relation.oid::regclass, role.rolname
  from pg_class as relation
 cross join pg_roles as role
 where relation.relnamespace in (select oid from pg_namespace where nspname = 'peer_exchange')
   and relation.relkind in ('r', 'v')
   and role.rolname in ('anon', 'authenticated', 'service_role')
   and has_table_privilege(role.oid, relation.oid, 'select');
