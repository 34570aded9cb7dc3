-- What Supabase's linter warns of, in queries of our own. One row per finding.
create function access.findings() returns table (finding text)
language sql stable
set search_path = pg_catalog
as $$
  with exposed as (
    select class.* from pg_class as class where class.relnamespace = 'public'::regnamespace and class.relkind = 'r'
  ), own_function as (
    select routine.*
      from pg_proc as routine
     where routine.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend
                        where classid = 'pg_proc'::regclass and objid = routine.oid and deptype = 'e'
                          and refobjid <> (select coalesce(max(oid), 0) from pg_extension where extname = 'peer_exchange'))
  ), policy as (
    select policies.*, lower(concat(qual, ' ', with_check)) as expression from pg_policies as policies
     where schemaname = 'public'
  ), applied as (
    select policy.tablename, policy.policyname, role.rolname, action
      from policy
      join pg_roles as role
           on (role.rolname = any (policy.roles) or policy.roles = '{public}')
          and role.rolname in ('anon', 'authenticated')
     cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as action
     where policy.permissive = 'PERMISSIVE' and policy.cmd in ('ALL', action)
  )
  -- What is checked when setup() has run: CREATE EXTENSION ... SCHEMA decides where btree_gist goes.
  select format('extension %s is in public', extname)
    from pg_extension where extnamespace = 'public'::regnamespace and extname <> 'btree_gist'
  union all
  select format('%s may execute security-definer function %s', role.rolname, own_function.oid::regprocedure)
    from own_function
    join pg_roles as role on role.rolname in ('anon', 'authenticated')
   where own_function.prosecdef and has_function_privilege(role.oid, own_function.oid, 'execute')
  union all
  select format('function %s has no fixed search_path', own_function.oid::regprocedure)
    from own_function
   where not exists (select from unnest(own_function.proconfig) as setting where setting like 'search\_path=%')
  union all
  select format('policy %s on %s evaluates the caller once a row', policyname, tablename)
    from policy
   where regexp_replace(expression, 'select [^;]*?(auth\.(uid|jwt|role|email)\(\)|current_setting\()', '', 'g')
         ~ '(^|[^.])auth\.(uid|jwt|role|email)\(\)'
      or (expression ~ 'current_setting\(' and expression !~ 'select .*current_setting\(')
  union all
  select format('several permissive policies on %s for %s of %s', tablename, action, rolname)
    from applied
   group by tablename, action, rolname
  having count(*) > 1
  union all
  select format('table %s has no row-level security', relname) from exposed where not relrowsecurity
  union all
  select format('table %s has row-level security and no policy', relname)
    from exposed
   where relrowsecurity and not exists (select from policy where policy.tablename = exposed.relname)
  union all
  select format('table %s has policies and no row-level security', relname)
    from exposed
   where not relrowsecurity and exists (select from policy where policy.tablename = exposed.relname)
  union all
  select format('table %s has no primary key', relname)
    from exposed
   where not exists (select from pg_constraint where conrelid = exposed.oid and contype = 'p')
  union all
  select format('foreign key %s of %s has no index', key.conname, exposed.relname)
    from pg_constraint as key
    join exposed on exposed.oid = key.conrelid
   where key.contype = 'f'
     and not exists (select from pg_index as index
                      where index.indrelid = key.conrelid
                        -- A partial index will do, as it does for the linter.
                        and index.indisvalid
                        and (index.indkey::smallint[])[0 : cardinality(key.conkey) - 1] = key.conkey)
  union all
  select format('indexes %s of %s are the same', string_agg(indexname, ', ' order by indexname), tablename)
    from pg_indexes
   where schemaname = 'public'
   group by tablename, regexp_replace(replace(indexdef, indexname, ''), '^create unique', 'create', 'i')
  having count(*) > 1
  union all
  select format('view %s is not security_invoker', relname)
    from pg_class
   where relnamespace = 'public'::regnamespace and relkind = 'v'
     and not coalesce(reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)
$$;
