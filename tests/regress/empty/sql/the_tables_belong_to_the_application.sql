-- No table is a member of the extension: pg_dump keeps its rows, DROP EXTENSION leaves it alone.
select class.relname, exists (select from pg_depend as dependency
                               where dependency.objid = class.oid and dependency.deptype = 'e') as is_member
  from pg_class as class
 where class.relnamespace = 'public'::regnamespace and class.relkind = 'r'
 order by class.relname;
