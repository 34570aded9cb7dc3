-- Who may touch what. Only setup() does this, never CREATE EXTENSION: a GRANT made by an extension's
-- script on an ordinary table is lost by a dump.

-- What an ordinary role must not hold on the application's own tables. Notifications may be marked
-- as read, column by column.
create function peer_exchange.setup_revocations() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('privileges of %s on public.%s', role.rolname, closed.table_name), 'altered',
         format('%s revoked', closed.privileges),
         format('revoke %s on public.%I from %I%s', closed.privileges, closed.table_name, role.rolname,
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
   cross join pg_roles as role
   cross join lateral (
         select bool_or(acl.grantee = 0) as by_public
           from pg_class as class
          cross join lateral aclexplode(class.relacl) as acl
          where class.oid = peer_exchange.host_table(closed.table_name)
            and acl.grantee in (0, role.oid)
            and lower(acl.privilege_type) = any (string_to_array(closed.privileges, ', '))
         having count(*) > 0) as held
   where role.rolname in ('anon', 'authenticated')
   order by closed.table_name, role.rolname
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
    select granted.*, role.oid as role_oid
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
      join pg_roles as role on role.rolname = granted.role_name
  loop
    host_table := peer_exchange.host_table(wanted.table_name);
    if host_table is not null and wanted.for_created_only
       and not peer_exchange.is_made_by_setup(wanted.table_name) then
      continue;
    end if;
    select string_agg(quote_ident(name), ', ')
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
  owner     oid    := peer_exchange.host_owner();
  functions oid[]  := array(select member.objid
                              from pg_depend as member
                              join pg_extension as extension on extension.oid = member.refobjid
                             where member.refclassid = 'pg_extension'::regclass
                               and member.classid = 'pg_proc'::regclass
                               and member.deptype = 'e'
                               and extension.extname = 'peer_exchange');
begin
  if owner is null
     or (has_schema_privilege(owner, 'peer_exchange', 'usage')
         and (select bool_and(has_function_privilege(owner, id, 'execute')) from unnest(functions) as id)
         and (select bool_and(has_table_privilege(owner, oid, 'select, insert, update, delete'))
                from pg_class where relnamespace = 'peer_exchange'::regnamespace and relkind = 'r'))
  then
    return;
  end if;
  execute format('grant usage on schema peer_exchange to %1$s;
                  grant execute on function %2$s to %1$s;
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
   cross join (select string_agg(quote_ident(rolname), ', ' order by rolname) as roles
                 from pg_roles where rolname in ('anon', 'authenticated')) as ordinary
   where peer_exchange.host_table(name) is null
     and ordinary.roles is not null
   order by name
$$;

comment on function peer_exchange.setup_clean_slate() is
  'Steps of setup(): privileges on tables that it makes itself.';

-- The functions, for roles that came into being after the extension.
create function peer_exchange.setup_function_grants() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'privileges on functions for ' || role.rolname, 'altered', 'EXECUTE on what this role may call',
         format('select peer_exchange.grant_functions(%L)', role.rolname)
    from pg_roles as role
   where role.rolname in ('authenticated', 'service_role')
     and not has_function_privilege(role.oid, 'public.process_peer_booking_refund(uuid, text)', 'execute')
$$;

comment on function peer_exchange.setup_function_grants() is
  'Steps of setup(): EXECUTE for roles that are younger than the extension.';

create function peer_exchange.grant_functions(p_role_name name) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('grant usage on schema peer_exchange to %I', p_role_name);
  execute format($grant$
    grant execute on function
      peer_exchange.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
      peer_exchange.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid),
      peer_exchange.process_peer_booking_refund(uuid, text),
      peer_exchange.get_practitioner_credit_cost(uuid, integer, uuid),
      peer_exchange.get_credit_statement(date, date, integer, text),
      peer_exchange.get_my_peer_sessions(text, integer, text),
      peer_exchange.mark_notifications_read(uuid[]),
      peer_exchange.reschedule_peer_booking(uuid, date, time, text),
      public.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
      public.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid),
      public.process_peer_booking_refund(uuid, text),
      public.get_practitioner_credit_cost(uuid, integer, uuid),
      peer_exchange.get_available_slots(uuid, date, date, integer, integer, uuid),
      public.get_available_slots(uuid, date, date, integer, integer, uuid),
      peer_exchange.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
      public.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text),
      peer_exchange.search_peer_practitioners(text, text, text, text, integer, integer, integer),
      public.search_peer_practitioners(text, text, text, text, integer, integer, integer),
      public.get_credit_statement(date, date, integer, text),
      public.get_my_peer_sessions(text, integer, text),
      public.mark_notifications_read(uuid[]),
      public.reschedule_peer_booking(uuid, date, time, text)
    to %I $grant$, p_role_name);
  if p_role_name = 'service_role' then
    execute format($grant$
      grant execute on function
        peer_exchange.grant_credits(uuid, integer, text, text),
        peer_exchange.allocate_credits(integer, text, text, uuid[]),
        peer_exchange.cancel_orphaned_sessions(interval),
        peer_exchange.send_due_reminders(),
        peer_exchange.schedule_jobs(),
        peer_exchange.unschedule_jobs(),
        peer_exchange.claim_notifications(integer, interval),
        peer_exchange.ack_notifications(uuid[]),
        peer_exchange.fail_notification(uuid, text),
        peer_exchange.requeue_notifications(uuid[]),
        public.claim_notifications(integer, interval),
        public.ack_notifications(uuid[]),
        public.fail_notification(uuid, text),
        peer_exchange.verify_ledger(),
        peer_exchange.purge_refusals(),
        peer_exchange.default_time_zone(),
        peer_exchange.practitioner_roles(),
        peer_exchange.refusal_retention_days(),
        peer_exchange.refusals_kept_from(),
        peer_exchange.figure_period(date, date, text),
        peer_exchange.time_zone_or_default(text),
        peer_exchange.booking_figures(date, date, text),
        peer_exchange.refusal_figures(date, date, text),
        peer_exchange.cancellation_figures(date, date, text),
        peer_exchange.circulation_figures(),
        peer_exchange.credit_figures(date, date, text),
        peer_exchange.velocity_figures(date, date, text),
        peer_exchange.person_figures(date, date, text),
        peer_exchange.inactivity_figures(integer, text),
        peer_exchange.notification_figures(date, date, text)
      to %I $grant$, p_role_name);
    execute format($grant$
      grant select on
        peer_exchange.refusals,
        peer_exchange.bookings_by_day,
        peer_exchange.refusals_by_day,
        peer_exchange.cancellations,
        peer_exchange.credits_in_circulation,
        peer_exchange.credits_by_day,
        peer_exchange.credit_velocity,
        peer_exchange.top_earners,
        peer_exchange.top_spenders,
        peer_exchange.inactive_practitioners,
        peer_exchange.notification_delivery
      to %I $grant$, p_role_name);
  end if;
end $$;

comment on function peer_exchange.grant_functions(name) is
  'Grants EXECUTE on what a role may call: service_role on the operations besides the RPCs, and on the figures.';
