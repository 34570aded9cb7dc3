-- What was there before the extension: findings of the linter, and relations and functions that are no business of ours.
create table access.findings_before as select finding from access.findings();
create table access.before as
select 'pg_class'::regclass as catalog, oid from pg_class where relnamespace = 'public'::regnamespace
union all
select 'pg_proc'::regclass, oid from pg_proc where pronamespace = 'public'::regnamespace;
