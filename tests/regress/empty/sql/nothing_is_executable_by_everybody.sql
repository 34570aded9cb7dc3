-- Every function of ours has a fixed search_path, but for the wrappers, which Postgres inlines.
select routine.oid::regprocedure as function
  from pg_proc as routine
  join pg_depend as dependency on dependency.objid = routine.oid and dependency.deptype = 'e'
  join pg_extension as extension on extension.oid = dependency.refobjid and extension.extname = 'peer_exchange'
 where has_function_privilege('public', routine.oid, 'execute');
select routine.proname as function, routine.prosecdef as is_definer
  from pg_proc as routine
  join pg_depend as dependency on dependency.objid = routine.oid and dependency.deptype = 'e'
  join pg_extension as extension on extension.oid = dependency.refobjid and extension.extname = 'peer_exchange'
 where not exists (select from unnest(routine.proconfig) as setting where setting like 'search_path=%')
 order by 1;
