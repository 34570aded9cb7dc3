-- supautils runs this with a superuser's rights after a role without them has created the extension. It gives the privileged
-- role what setup() works with and hands on, so that the same role can call it. (An extension's own script can't: a dump
-- would lose what it grants. Nor can this one call setup(): Postgres lets nobody make a temporary table here.)
do $$
declare
  administrator constant name := current_setting('supautils.privileged_role');
  privilege text;
begin
  execute format('grant usage on schema peer_exchange to %I with grant option', administrator);
  for privilege in
    select case member.classid
             when 'pg_proc'::regclass then format('execute on routine %s', member.objid::regprocedure)
             else format('all on table %s', member.objid::regclass)
           end
      from pg_depend as member
      join pg_extension as extension on extension.oid = member.refobjid
     where member.refclassid = 'pg_extension'::regclass
       and member.classid in ('pg_proc'::regclass, 'pg_class'::regclass)
       and member.deptype = 'e'
       and extension.extname = 'peer_exchange'
  loop
    execute format('grant %s to %I with grant option', privilege, administrator);
  end loop;
end $$;
