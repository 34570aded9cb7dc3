-- CREATE EXTENSION touches nothing, and the dry run lists it all before any of it is done.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create function public.everything_of_the_application() returns table (kind text, name text, definition text)
language sql stable as $$
  select 'column', format('%s.%s', attrelid::regclass, attname), format('%s %s', atttypid::regtype, attnotnull)
    from pg_attribute join pg_class on pg_class.oid = attrelid
   where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
  union all
  select 'relation', relname, format('%s %s %s', relowner::regrole, relrowsecurity, relacl)
    from pg_class where relnamespace = 'public'::regnamespace
  union all
  select 'trigger', tgname, pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
  union all
  select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
  union all
  select 'policy', polname, pg_get_expr(polqual, polrelid)
    from pg_policy join pg_class on pg_class.oid = polrelid
   where relnamespace = 'public'::regnamespace
  union all
  select 'value', enumlabel, enumtypid::regtype::text from pg_enum
$$;
create temporary table before as select * from public.everything_of_the_application();
create extension peer_exchange cascade;
(table before except all select * from public.everything_of_the_application())
union all
(select * from public.everything_of_the_application() except all table before);

create temporary table announced as select * from peer_exchange.setup(true);
(table before except all select * from public.everything_of_the_application())
union all
(select * from public.everything_of_the_application() except all table before);
create temporary table done as select * from peer_exchange.setup();
(table announced except all table done) union all (table done except all table announced);
select object, action from done where action <> 'unchanged' order by object, action;
\i regress/adopted/scratch_end.sql
