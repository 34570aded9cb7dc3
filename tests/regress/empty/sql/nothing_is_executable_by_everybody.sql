select routine.oid::regprocedure as function
  from pg_proc as routine
  join pg_depend as dependency on dependency.objid = routine.oid and dependency.deptype = 'e'
  join pg_extension as extension on extension.oid = dependency.refobjid and extension.extname = 'peer_exchange'
 where has_function_privilege('public', routine.oid, 'execute');
-- Every function of ours has a fixed search_path, but for those that Postgres inlines, procedures that commit, for which
-- it allows none, those in C, which see to it by themselves, and what they run as the owner of the tables, who has it
-- set for them.
select routine.proname as function
  from pg_proc as routine
  join pg_depend as dependency on dependency.objid = routine.oid and dependency.deptype = 'e'
  join pg_extension as extension on extension.oid = dependency.refobjid and extension.extname = 'peer_exchange'
  join pg_language as language on language.oid = routine.prolang
 where not exists (select from unnest(routine.proconfig) as setting where setting like 'search_path=%')
   and language.lanname <> 'c'
   and routine.proname not like '%\_by\_owner'
 order by 1;
-- Those that run as whoever installed the extension have nothing to do with the application's tables.
select routine.proname as function
  from pg_proc as routine
  join pg_depend as dependency on dependency.objid = routine.oid and dependency.deptype = 'e'
  join pg_extension as extension on extension.oid = dependency.refobjid and extension.extname = 'peer_exchange'
 where routine.prosecdef
 order by 1;
