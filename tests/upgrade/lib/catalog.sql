-- Everything that belongs to the extension, as the catalog has it, one fact a line: what there is, how it is
-- defined, what is said of it, who may use it, what it depends on, what pg_dump keeps.
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' '
set search_path = pg_catalog;
create temporary view member as
  select classid, objid, pg_describe_object(classid, objid, 0) as object
    from pg_depend
   where refclassid = 'pg_extension'::regclass and deptype = 'e'
     and refobjid = (select oid from pg_extension where extname = 'peer_exchange');

select 'member', object from member;
select 'comment', object, obj_description(objid, class.relname)
  from member join pg_class as class on class.oid = classid;
select 'function', object, replace(pg_get_functiondef(objid), E'\n', '\n') from member where classid = 'pg_proc'::regclass;
select 'function privilege', object, grantee::regrole, privilege_type
  from member join pg_proc on pg_proc.oid = objid, aclexplode(coalesce(proacl, acldefault('f', proowner)))
 where classid = 'pg_proc'::regclass;

create temporary view member_relation as
  select object, pg_class.* from member join pg_class on pg_class.oid = objid where classid = 'pg_class'::regclass
  union all
  select object, pg_class.* from member join pg_type on pg_type.oid = objid join pg_class on pg_class.oid = typrelid
   where classid = 'pg_type'::regclass;

select 'relation', object, relkind, relrowsecurity, relforcerowsecurity, reloptions, relpersistence from member_relation;
select 'relation privilege', object, grantee::regrole, privilege_type
  from member_relation, aclexplode(coalesce(relacl, acldefault('r', relowner)));
select 'column', object, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
       pg_get_expr(adbin, adrelid), col_description(attrelid, attnum), attacl
  from member_relation
  join pg_attribute on attrelid = member_relation.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum;
select 'view', object, replace(pg_get_viewdef(oid), E'\n', '\n') from member_relation where relkind = 'v';
select 'constraint', object, conname, convalidated, pg_get_constraintdef(pg_constraint.oid)
  from member_relation join pg_constraint on conrelid = member_relation.oid;
select 'index', object, pg_get_indexdef(indexrelid) from member_relation join pg_index on indrelid = member_relation.oid;
select 'trigger', object, pg_get_triggerdef(pg_trigger.oid) from member_relation join pg_trigger on tgrelid = member_relation.oid
 where not tgisinternal;
select 'policy', object, polname, polcmd, polpermissive, polroles::regrole[], pg_get_expr(polqual, polrelid),
       pg_get_expr(polwithcheck, polrelid)
  from member_relation join pg_policy on polrelid = member_relation.oid;
select 'kept by pg_dump', kept::regclass, condition
  from pg_extension, unnest(extconfig, extcondition) as part (kept, condition) where extname = 'peer_exchange';
select 'dependency', object, deptype, pg_describe_object(refclassid, refobjid, refobjsubid)
  from member join pg_depend using (classid, objid) where deptype <> 'e';
select 'extension', extversion, extnamespace::regnamespace, obj_description(oid, 'pg_extension')
  from pg_extension where extname = 'peer_exchange';
