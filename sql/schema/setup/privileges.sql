-- Who may touch what. Only setup() does this, never CREATE EXTENSION: a GRANT made by an extension's
-- script on an ordinary table is lost by a dump.

-- What an ordinary role must not hold on the application's own tables. Notifications may be marked
-- as read, column by column.
create function peer_exchange.setup_revocations() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges of %s on public.%s', role.name, closed.table_name), 'altered',
         format('%s revoked', held.privileges),
         format('revoke %s on public.%I from %I%s', held.privileges, closed.table_name, role.name,
                case when held.by_public then ', public' else '' end)
    from (values ('credits', 'insert, update, delete, truncate, trigger, references'),
                 ('credit_transactions', 'insert, update, delete, truncate, trigger, references'),
                 ('notifications', 'update, truncate, trigger, references'),
                 ('client_sessions', 'truncate, trigger, references'),
                 -- Whoever may put a trigger on a table has it fired with the rights of others who write there.
                 ('users', 'trigger, references'),
                 ('practitioner_products', 'trigger, references'),
                 ('practitioner_availability', 'trigger, references'),
                 ('calendar_events', 'trigger, references'),
                 ('cancellation_policies', 'trigger, references')) as closed (table_name, privileges)
    join peer_exchange.people_roles() as role on role.id <> 0
   -- Only what is held: to revoke UPDATE on a table is to revoke it on every column.
   cross join lateral (
         select string_agg(privilege, ', ' order by place) as privileges, bool_or(holders.have_public) as by_public
           from unnest(string_to_array(closed.privileges, ', ')) with ordinality as closing (privilege, place)
          cross join lateral (
                select bool_or(acl.grantee = 0) as have_public
                  from pg_class as class
                 cross join lateral aclexplode(class.relacl) as acl
                 where class.oid = peer_exchange.host_table(closed.table_name)
                   and acl.grantee in (0, role.id)
                   and lower(acl.privilege_type collate "C") = privilege
                having count(*) > 0) as holders
         having count(*) > 0) as held
   order by closed.table_name collate "C", role.name
$$;

comment on function peer_exchange.setup_revocations() is
  'Steps of setup(): privileges that ordinary roles must not hold.';

create function peer_exchange.setup_grants() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted     record;
  host_table regclass;
  columns    text;
  is_held    boolean;
begin
  for wanted in
    select granted.*, (select role.oid from pg_roles as role where role.rolname = granted.role_name) as role_oid
      from (values
        ('authenticated', 'users', 'select', array[]::text[], true),
        ('authenticated', 'practitioner_products', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'practitioner_availability', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'calendar_events', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'cancellation_policies', 'select, insert, update, delete', array[]::text[], true),
        ('authenticated', 'client_sessions', 'select, insert, update, delete', array[]::text[], false),
        ('authenticated', 'credits', 'select', array[]::text[], false),
        ('authenticated', 'credit_transactions', 'select', array[]::text[], false),
        ('authenticated', 'notifications', 'select', array[]::text[], false),
        ('authenticated', 'notifications', 'update', array['read_at', 'read', 'dismissed_at', 'updated_at'], false),
        ('service_role', 'users', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'practitioner_products', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'practitioner_availability', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'calendar_events', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'cancellation_policies', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'client_sessions', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'credits', 'select, insert, update, delete', array[]::text[], false),
        ('service_role', 'credit_transactions', 'select, insert', array[]::text[], false),
        ('service_role', 'notifications', 'select, insert, update, delete', array[]::text[], false)
      ) as granted (role_name, table_name, privileges, column_names, for_created_only)
  loop
    host_table := peer_exchange.host_table(wanted.table_name);
    if wanted.role_oid is null
       or (host_table is not null and wanted.for_created_only
           and not peer_exchange.is_made_by_setup(wanted.table_name)) then
      continue;
    end if;
    select string_agg(name, ', ')
      into columns
      from unnest(wanted.column_names) as name
     where peer_exchange.has_column(host_table, name)
        or exists (select from peer_exchange.host_columns() as host
                    where host.table_name = wanted.table_name and host.column_name = name);
    is_held := case
      when host_table is null then false
      when columns is null then
        (select bool_and(has_table_privilege(wanted.role_oid, host_table, privilege))
           from unnest(string_to_array(wanted.privileges, ', ')) as privilege)
      -- Held on the whole table, it is about to be revoked.
      when has_table_privilege(wanted.role_oid, host_table, wanted.privileges) then false
      else
        (select bool_and(peer_exchange.has_column(host_table, name)
                         and has_column_privilege(wanted.role_oid, host_table, name, wanted.privileges))
           from unnest(string_to_array(columns, ', ')) as name)
    end;
    if is_held then
      continue;
    end if;
    return next (format('privileges of %s on public.%s', wanted.role_name, wanted.table_name),
                 case when host_table is null then 'created' else 'altered' end,
                 format('%s%s granted', wanted.privileges, ' (' || columns || ')'),
                 format('grant %s%s on public.%I to %I', wanted.privileges, ' (' || columns || ')',
                        wanted.table_name, wanted.role_name))::peer_exchange.setup_step;
  end loop;
end $$;

comment on function peer_exchange.setup_grants() is 'Steps of setup(): privileges on the host tables.';

-- The library acts as the owner of client_sessions (src/postgres/acting_owner.rs), so that role needs the other
-- tables as well. A table of another owner's keeps its row-level security even for this one; and where that owner may
-- do less, what is put on the table would run with more rights than are due.
create function peer_exchange.setup_owners() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('owner of public.%s', class.relname), 'conflict',
         format('it belongs to %s, and client_sessions to %s, who may %s; '
                || 'ALTER TABLE public.%s OWNER TO %s', class.relowner::regrole, sessions.relowner::regrole,
                case when pg_has_role(sessions.relowner, class.relowner, 'usage')
                     then 'do more than that role, and with whose rights its triggers would run'
                     else 'not do what that role may' end,
                class.relname, sessions.relowner::regrole), null
    from peer_exchange.host_tables() as host (name, meaning)
    join pg_class as class    on class.oid = peer_exchange.host_table(host.name)
    join pg_class as sessions on sessions.oid = peer_exchange.host_table('client_sessions')
   where not pg_has_role(sessions.relowner, class.relowner, 'usage')
      or not pg_has_role(class.relowner, sessions.relowner, 'usage')
   order by class.relname
$$;

comment on function peer_exchange.setup_owners() is
  'Rows of setup() about tables that do not belong to the owner of client_sessions.';

-- What the library runs as the owner of the tables is the owner's to execute.
create function peer_exchange.open_to_owner() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  owner     oid   := peer_exchange.host_owner();
  functions oid[] := array(select own.id from peer_exchange.own_functions() as own);
begin
  if owner is null
     or (has_schema_privilege(owner, 'peer_exchange', 'usage')
         and has_schema_privilege(owner, 'public', 'usage')
         and (select bool_and(has_function_privilege(owner, id, 'execute')) from unnest(functions) as id)
         and (select bool_and(has_table_privilege(owner, oid, 'select, insert, update, delete'))
                from pg_class where relnamespace = 'peer_exchange'::regnamespace and relkind = 'r'))
  then
    return;
  end if;
  execute format('grant usage on schema peer_exchange, public to %1$s;
                  grant execute on routine %2$s to %1$s;
                  grant select, insert, update, delete on all tables in schema peer_exchange to %1$s;
                  grant usage on all sequences in schema peer_exchange to %1$s', owner::regrole,
                 (select string_agg(id::regprocedure::text, ', ') from unnest(functions) as id));
end $$;

comment on function peer_exchange.open_to_owner() is
  'Grants what the extension brings, its functions in public included, to the owner of the application''s tables, as whom the library acts.';

-- A table that setup() makes starts without what default privileges of the schema gave away.
create function peer_exchange.setup_clean_slate() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges on public.%s', name), 'created', 'those of the schema''s defaults revoked',
         format('revoke all on public.%I from %s', name, ordinary.roles)
    from peer_exchange.host_tables() as host (name, meaning)
   cross join (select string_agg(quote_ident(role.name), ', ' order by role.name) as roles
                 from peer_exchange.people_roles() as role where role.id <> 0) as ordinary
   where peer_exchange.host_table(name) is null
     and ordinary.roles is not null
   order by name collate "C"
$$;

comment on function peer_exchange.setup_clean_slate() is
  'Steps of setup(): privileges on tables that it makes itself.';

-- What ordinary roles and the service may execute and read here, compared with functions(): a role may be younger than
-- the extension, and somebody may have granted or revoked otherwise.
create function peer_exchange.setup_function_privileges() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with role as (
    select oid, rolname::text as name
      from pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'peer_exchange_figures')
    union all
    select 0, 'public'
  ), wanted as (
    select role.oid as role_oid, called.id
      from peer_exchange.functions() as listed
     cross join unnest(array['peer_exchange', 'public']) as place (schema_name)
     cross join to_regprocedure(format('%I.%I(%s)', place.schema_name, listed.name, listed.arguments)) as called (id)
      join role on (listed.caller, role.name) in (('person', 'authenticated'), ('person', 'service_role'), ('service', 'service_role'),
                                                      ('reader', 'service_role'), ('reader', 'peer_exchange_figures'))
           or (listed.name in ('get_calendar_feed', 'calendar_feed') and role.name = 'anon' and peer_exchange.are_calendar_feeds_open())
     where called.id is not null
       and (place.schema_name = 'peer_exchange' or listed.is_in_public)
  ), held as (
    select role.oid as role_oid, own.id
      from peer_exchange.own_functions() as own
      join pg_proc as routine on routine.oid = own.id
     cross join aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) as acl
      join role on role.oid = acl.grantee and role.oid <> routine.proowner
  ), called as (
    select oid::regprocedure as id, case prokind when 'p' then 'procedure' else 'function' end as kind from pg_proc
  ), relation as (
    select oid, oid::regclass as name, relacl,
           case when relkind = 'v' then array['service_role', 'peer_exchange_figures']
                when relname = 'refusals' then array['service_role']
                else array[]::text[] end as readers
      from pg_class
     where relnamespace = 'peer_exchange'::regnamespace and relkind in ('r', 'v')
  ), difference as (
    select missing.role_oid, true as is_granted, format('execute on %s %s', called.kind, missing.id) as privilege
      from (select * from wanted except select * from held) as missing
      join called on called.id = missing.id
    union all
    select excessive.role_oid, false, format('execute on %s %s', called.kind, excessive.id)
      from (select * from held except select * from wanted) as excessive
      join called on called.id = excessive.id
     -- What the library runs as the owner of the tables is the owner's to execute.
     where excessive.role_oid is distinct from peer_exchange.host_owner()
    union all
    select role.oid, true, 'usage on schema peer_exchange'
      from role
     where role.name in ('authenticated', 'service_role', 'peer_exchange_figures')
       and not has_schema_privilege(role.oid, 'peer_exchange', 'usage')
    union all
    select role.oid, true, 'select on ' || relation.name
      from relation
      join role on role.name = any (relation.readers)
     where not has_table_privilege(role.oid, relation.oid, 'select')
    union all
    select role.oid, false, 'all on ' || relation.name
      from relation
      join role on role.name <> 'service_role' and role.name <> all (relation.readers)
     where exists (select from aclexplode(relation.relacl) as acl where acl.grantee = role.oid)
  )
  select 'privileges on functions for ' || role.name, 'altered',
         case when role.oid in (select held.role_oid from held)
              then concat_ws('; ', 'granted: ' || string_agg(difference.privilege, ', ' order by difference.privilege collate "C")
                                                    filter (where difference.is_granted),
                                   'revoked: ' || string_agg(difference.privilege, ', ' order by difference.privilege collate "C")
                                                    filter (where not difference.is_granted))
              else 'EXECUTE on what this role may call' end,
         string_agg(format(case when difference.is_granted then 'grant %s to %I' else 'revoke %s from %I' end,
                           difference.privilege, role.name), '; ')
    from difference
    join role on role.oid = difference.role_oid
   group by role.oid, role.name
   order by role.name collate "C"
$$;

comment on function peer_exchange.setup_function_privileges() is
  'Steps of setup(): who may execute what functions() names, and nobody what it does not name.';

-- A SECURITY DEFINER function of the application that calls an RPC does so as its owner, who may be another role than the
-- tables'. That role is granted what its functions name, unless people may make functions in that schema themselves.
create function peer_exchange.setup_caller_privileges() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with calling as (
    select stored.proowner::regrole as role, ours.id as wrapped, present.oid::regprocedure as wrapper, caller.id::regprocedure as caller
      from peer_exchange.wrapped_functions() as ours
      join peer_exchange.own_functions() as own on true
      join pg_proc as present on present.oid = own.id and present.pronamespace = 'public'::regnamespace and present.proname = ours.name
      join peer_exchange.application_functions() as caller on caller.body collate "C" ~* peer_exchange.call_of(array[ours.name])
      join pg_proc as stored on stored.oid = caller.id and stored.prosecdef
      join pg_roles as owner on owner.oid = stored.proowner and not owner.rolsuper
     where not ours.is_for_service
       and not exists (select from peer_exchange.people_roles() as role
                        where role.id = stored.proowner or has_schema_privilege(role.name, stored.pronamespace, 'create'))
  ), missing as (
    select calling.role, calling.caller, needed.id
      from calling
     cross join unnest(array[calling.wrapped, calling.wrapper]) as needed (id)
     where not has_function_privilege(calling.role, needed.id, 'execute')
        or not has_schema_privilege(calling.role, 'peer_exchange', 'usage')
  )
  select 'privileges on functions for ' || missing.role, 'altered',
         format('granted, since %s has its rights: execute on %s', string_agg(distinct missing.caller::text collate "C", ', '),
                string_agg(distinct missing.id::text collate "C", ', ')),
         format('grant usage on schema peer_exchange to %1$s; grant execute on function %2$s to %1$s', missing.role,
                string_agg(distinct missing.id::text collate "C", ', '))
    from missing
   group by missing.role
   order by missing.role::text collate "C"
$$;

comment on function peer_exchange.setup_caller_privileges() is
  'Steps of setup(): what owners of the application''s definer functions may execute.';
