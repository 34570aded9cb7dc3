-- Doors of the application beside ours: what writes balances or ledger with its owner's rights and is open to people. They
-- are named with what closes each. Nothing is changed: whoever made them may have had a reason.

-- An application may have roles of its own for people, which have all that authenticated has: clerks, therapists. Whoever
-- belongs to the service, or has the rights of the tables' owner, is none of them.
create function peer_exchange.people_roles() returns table (id oid, name text, is_common boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 0::oid, 'public', true
  union all
  select role.oid, role.rolname::text, true from pg_roles as role where role.rolname in ('anon', 'authenticated')
  union all
  select role.oid, role.rolname::text, false
    from pg_roles as role
   where not role.rolsuper
     and role.rolname not in ('anon', 'authenticated')
     and exists (select from pg_roles as common
                  where common.rolname in ('anon', 'authenticated') and pg_has_role(role.oid, common.oid, 'usage'))
     and not exists (select from pg_roles as service
                      where service.rolname = 'service_role' and pg_has_role(role.oid, service.oid, 'member'))
     and not coalesce(pg_has_role(role.oid, peer_exchange.host_owner(), 'usage'), false)
$$;

comment on function peer_exchange.people_roles() is
  'The roles of people: everybody, those of PostgREST that there are, and others that have what those have.';

-- What is open to one of the common roles is open to whoever has what that one has.
create function peer_exchange.names_of_roles(p_ids oid[]) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(string_agg(role.name, ', ' order by role.id <> 0, role.name collate "C") filter (where role.is_common),
                  string_agg(quote_ident(role.name), ', ' order by role.name collate "C"))
    from peer_exchange.people_roles() as role
   where role.id = any (p_ids)
$$;

comment on function peer_exchange.names_of_roles(oid[]) is
  'Names of roles of people, for a GRANT or REVOKE: the common ones, or others where none of those is among them.';

create function peer_exchange.writing_of_credits() returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.write_of('public', array['credits', 'credit_transactions'])
$$;

comment on function peer_exchange.writing_of_credits() is
  'A regular expression for a statement that writes balances or ledger.';

-- Functions that write credits or credit_transactions, by a statement of their own or by calling one that does. Those that
-- put statements together and name one of the tables are among them, and those that grant by our functions.
create function peer_exchange.functions_that_write_credits() returns setof oid
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body,
           -- Whoever names it plainly calls ours in its place.
           case when stored.pronamespace = to_regnamespace('peer_exchange_legacy') then '\mpeer_exchange_legacy\M"?\s*\.\s*"?' else '' end
             || peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
      join pg_proc as stored on stored.oid = application.id
  ), writing as (
    select routine.id, routine.call
      from routine
     where routine.body collate "C" ~* peer_exchange.writing_of_credits()
        or (routine.body collate "C" ~* '\mexecute\M' and routine.body collate "C" ~* '\m(credits|credit_transactions)\M')
        or routine.body collate "C" ~* peer_exchange.call_of(array['grant_credits', 'adjust_credits', 'allocate_credits'])
    union
    select caller.id, caller.call
      from writing
      join routine as caller on caller.body collate "C" ~* writing.call
  )
  select writing.id from writing
$$;

comment on function peer_exchange.functions_that_write_credits() is
  'Functions of the application that write balances or ledger, themselves or by others.';

create function peer_exchange.setup_open_functions(p_writing oid[]) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'function ' || door.id::regprocedure, 'conflict',
         format('it writes balances or ledger with the rights of %1$s, and is open to %2$s; look who needs it, and close it: '
                || 'REVOKE EXECUTE ON FUNCTION %3$s FROM %2$s', routine.proowner::regrole, open.roles, door.id::regprocedure), null
    from unnest(p_writing) as door (id)
    join pg_proc as routine on routine.oid = door.id
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_function_privilege(role.name, door.id, 'execute')
            and has_schema_privilege(role.name, routine.pronamespace, 'usage')) as open
   where routine.prosecdef
     and routine.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
     and open.roles is not null
   order by door.id::regprocedure::text collate "C"
$$;

comment on function peer_exchange.setup_open_functions(oid[]) is
  'Rows of setup() about those of these functions, which write balances or ledger, by which people do so with somebody else''s rights.';

-- A view writes with the rights of its owner, unless it is told otherwise.
create function peer_exchange.setup_open_views() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive reading as (
    select host_table as id from unnest(array['credits', 'credit_transactions']) as name
     cross join peer_exchange.host_table(name) as host_table
     where host_table is not null
    union
    select rule.ev_class::regclass
      from reading
      join pg_depend as mention
           on mention.refclassid = 'pg_class'::regclass and mention.refobjid = reading.id and mention.classid = 'pg_rewrite'::regclass
      join pg_rewrite as rule on rule.oid = mention.objid
  )
  select 'view ' || format('%I.%I', space.nspname, class.relname), 'conflict',
         format('whoever writes to it writes balances or ledger with the rights of %1$s, and it is open to %2$s; close it: '
                || 'REVOKE INSERT, UPDATE, DELETE ON %3$I.%4$I FROM %2$s', class.relowner::regrole, open.roles, space.nspname, class.relname), null
    from reading
    join pg_class as class on class.oid = reading.id and class.relkind = 'v'
    join pg_namespace as space on space.oid = class.relnamespace
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_any_column_privilege(role.name, class.oid, 'insert, update')
             or has_table_privilege(role.name, class.oid, 'delete')) as open
   where space.nspname <> 'peer_exchange'
     -- Bits of INSERT, UPDATE and DELETE, as pg_relation_is_updatable tells them.
     and pg_relation_is_updatable(class.oid, true) & 28 <> 0
     and not coalesce(class.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
     and open.roles is not null
   order by format('%I.%I', space.nspname, class.relname) collate "C"
$$;

comment on function peer_exchange.setup_open_views() is
  'Rows of setup() about views by which people write balances or ledger with somebody else''s rights.';

-- A table of the application's whose trigger or rule writes balances or ledger, whoever writes to it. What becomes of
-- sessions and people is the application's own business, so host tables are not among them.
create function peer_exchange.setup_open_tables(p_writing oid[]) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with sets_off as (
    select fired.tgrelid as table_id, 'trigger ' || quote_ident(fired.tgname) as what, routine.proowner::regrole as writer,
           -- Bits of INSERT, DELETE and UPDATE.
           concat_ws(', ', case when fired.tgtype & 4 <> 0 then 'INSERT' end, case when fired.tgtype & 16 <> 0 then 'UPDATE' end,
                     case when fired.tgtype & 8 <> 0 then 'DELETE' end) as privileges
      from pg_trigger as fired
      join pg_proc as routine on routine.oid = fired.tgfoid
     where fired.tgfoid = any (p_writing)
       and routine.prosecdef
    union all
    -- Of SELECT, UPDATE, INSERT and DELETE, numbered in this order.
    select rule.ev_class, 'rule ' || quote_ident(rule.rulename), class.relowner::regrole,
           (array['SELECT', 'UPDATE', 'INSERT', 'DELETE'])[rule.ev_type::text::integer]
      from pg_rewrite as rule
      join pg_class as class on class.oid = rule.ev_class
     where pg_get_ruledef(rule.oid) collate "C" ~* peer_exchange.writing_of_credits()
  )
  select 'table ' || sets_off.table_id::regclass, 'conflict',
         format('whoever writes to it sets off %1$s, which writes balances or ledger with the rights of %2$s, and it is open to %3$s; '
                || 'look who needs it, and close it: REVOKE %4$s ON %5$s FROM %3$s',
                sets_off.what, sets_off.writer, open.roles, sets_off.privileges, sets_off.table_id::regclass), null
    from sets_off
    join pg_class as class on class.oid = sets_off.table_id and class.relkind in ('r', 'p')
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_schema_privilege(role.name, class.relnamespace, 'usage')
            and exists (select from unnest(string_to_array(sets_off.privileges, ', ')) as privilege
                         where case when privilege = 'DELETE' then has_table_privilege(role.name, class.oid, privilege)
                                    else has_any_column_privilege(role.name, class.oid, privilege) end)) as open
   where open.roles is not null
     and sets_off.table_id not in (select peer_exchange.host_table(host.name)::oid from peer_exchange.host_tables() as host (name, meaning)
                                    where peer_exchange.host_table(host.name) is not null)
   order by sets_off.table_id::regclass::text collate "C", sets_off.what collate "C"
$$;

comment on function peer_exchange.setup_open_tables(oid[]) is
  'Rows of setup() about tables by whose triggers, which call these functions, and rules people write balances or ledger with somebody else''s rights.';

-- What runs inside our functions finds names where its owner would (see acting_owner.rs); elsewhere it finds them where
-- whoever writes says, which a definer function should leave to nobody.
create function peer_exchange.setup_trigger_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select 'function ' || routine.id::regprocedure, 'unchanged',
         format('triggers on %s call it, and what it names depends on the search_path of whoever writes%s; '
                || 'ALTER FUNCTION %s SET search_path = public, pg_temp',
                string_agg(distinct fired.tgrelid::regclass::text collate "C", ', '),
                case when stored.prosecdef then ', with the rights of its owner' else '' end, routine.id::regprocedure), null
    from peer_exchange.application_functions() as routine
    join pg_trigger as fired on fired.tgfoid = routine.id and not fired.tgisinternal
    join peer_exchange.host_tables() as host (name, meaning) on fired.tgrelid = peer_exchange.host_table(host.name)
    join pg_proc as stored on stored.oid = routine.id
   where not exists (select from unnest(stored.proconfig) as setting where setting like 'search\_path=%')
   group by routine.id, stored.prosecdef
   order by routine.id::regprocedure::text collate "C"
$$;

comment on function peer_exchange.setup_trigger_functions() is
  'Rows of setup() about trigger functions of the application without a search_path of their own.';

-- What a booking does does not end at our tables: triggers on them write others, and triggers on those others still.
create function peer_exchange.tables_in_reach() returns setof regclass
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body, lower(application.body collate "C") as lowered, lower(application.name::text collate "C") as name,
           peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
  ), relation as materialized (
    select class.oid as id, lower(class.relname::text collate "C") as name, peer_exchange.write_of(space.nspname::text, array[class.relname::text]) as write
      from pg_class as class
      join pg_namespace as space on space.oid = class.relnamespace
     where class.relkind in ('r', 'p')
       and class.relpersistence <> 't'
       and space.nspname not in ('pg_catalog', 'information_schema', 'peer_exchange')
  ), reached (id, is_table) as (
    select host_table::oid, true
      from unnest(array['client_sessions', 'credits', 'credit_transactions', 'notifications']) as name
     cross join peer_exchange.host_table(name) as host_table
     where host_table is not null
    union
    select following.id, following.is_table
      from reached
     cross join lateral (
           select fired.tgfoid as id, false as is_table
             from pg_trigger as fired
            where reached.is_table and fired.tgrelid = reached.id and not fired.tgisinternal
           union all
           -- Most bodies do not say the name at all, which is asked first since it costs little.
           select callee.id, false
             from routine as caller
             join routine as callee
                  on case when strpos(caller.lowered, callee.name) > 0 then caller.body collate "C" ~* callee.call end
            where not reached.is_table and caller.id = reached.id
           union all
           select relation.id, true
             from routine as caller
             join relation
                  on case when strpos(caller.lowered, relation.name) > 0 then caller.body collate "C" ~* relation.write end
            where not reached.is_table and caller.id = reached.id) as following
  )
  select reached.id::regclass
    from reached
   where reached.is_table
     and reached.id not in (select peer_exchange.host_table(host.name)
                              from peer_exchange.host_tables() as host (name, meaning)
                             where peer_exchange.host_table(host.name) is not null)
$$;

comment on function peer_exchange.tables_in_reach() is
  'Tables of the application, besides ours, that triggers write when our functions write.';

-- Whoever may put a trigger on a table has it fired with the rights of others who write there. (To refer to one lends nobody
-- any rights.) On our tables setup() revokes that; what the application puts on its own is its own.
create function peer_exchange.setup_tables_in_reach() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'table ' || reached.id, 'conflict',
         format('triggers on our tables write it, and triggers may be put on it by %1$s, which then fire with the rights of %2$s; '
                || 'close it: REVOKE TRIGGER ON %3$s FROM %1$s', open.roles, class.relowner::regrole, reached.id), null
    from peer_exchange.tables_in_reach() as reached (id)
    join pg_class as class on class.oid = reached.id
   cross join lateral (
         select peer_exchange.names_of_roles(array_agg(role.id)) as roles
           from peer_exchange.people_roles() as role
          where has_table_privilege(role.name, reached.id, 'trigger')
            and has_schema_privilege(role.name, class.relnamespace, 'usage')) as open
   where open.roles is not null
   order by reached.id::text collate "C"
$$;

comment on function peer_exchange.setup_tables_in_reach() is
  'Rows of setup() about tables on which people may put triggers that fire when our functions write.';
