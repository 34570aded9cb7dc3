-- Inside a scalar subquery, which Postgres evaluates once instead of once a row.
select polname as policy, polrelid::regclass as table
  from pg_policy
 where (polname like 'peer\_%')
   and coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') ~ 'current_setting|uid\(\)'
   and coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') !~ 'SELECT'
 order by 1;
select polname as policy, polrelid::regclass as table, polcmd as command, polpermissive as permissive
  from pg_policy where polname like 'peer\_%' order by 2, 1;
