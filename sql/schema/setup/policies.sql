-- Row-level security. Policies name nothing of the extension, so that they outlive it; the caller is
-- evaluated once a statement, inside a scalar subquery.

create function peer_exchange.setup_policies() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- The person of the request, from today's claims or the older setting; nobody where there is none.
  caller text := '(select coalesce(nullif(current_setting(''request.jwt.claim.sub'', true), ''''), '
                 || 'nullif(current_setting(''request.jwt.claims'', true), '''')::json ->> ''sub'')::uuid)';
  signed_in text := '(select coalesce(nullif(current_setting(''request.jwt.claim.sub'', true), ''''), '
                 || 'nullif(current_setting(''request.jwt.claims'', true), '''')::json ->> ''sub'') is not null)';
  acquainted text := format('id = %1$s or id in (select session.client_id from public.client_sessions as session '
                            || 'where session.therapist_id = %1$s union all select session.therapist_id '
                            || 'from public.client_sessions as session where session.client_id = %1$s)', caller);
  readers text := (select case when count(*) > 0 then 'authenticated' else 'public' end
                     from pg_roles where rolname = 'authenticated');
  wanted   record;
  step     peer_exchange.setup_step;
  existing name;
begin
  for wanted in
    select * from (values
      -- policy, table, command, kept for created tables only, expression, written rows, meaning
      ('peer_booking_full_access', 'client_sessions', 'all', false,
       format('is_peer_booking and (therapist_id = %1$s or client_id = %1$s)', caller), true,
       'Both parties see and handle their peer session; guards keep what carries money or identity.'),
      ('peer_exchange_own_balance',  'credits', 'select', false, 'user_id = ' || caller, false,
       'People see their own balance.'),
      ('peer_exchange_own_entries',  'credit_transactions', 'select', false, 'user_id = ' || caller, false,
       'People see their own ledger rows.'),
      ('peer_exchange_own_notifications', 'notifications', 'select', false, 'recipient_id = ' || caller, false,
       'People see what they were told.'),
      ('peer_exchange_mark_read',    'notifications', 'update', false, 'recipient_id = ' || caller, true,
       'People mark their own notifications as read.'),
      ('peer_exchange_people',       'users', 'select', true, acquainted, false,
       'People see themselves and those with whom they have or had a session; search_peer_practitioners() finds others.'),
      ('peer_exchange_products',     'practitioner_products', 'select', true, signed_in, false,
       'Whoever is signed in sees what is offered.'),
      ('peer_exchange_add_product',  'practitioner_products', 'insert', true, 'practitioner_id = ' || caller, true,
       'Practitioners offer products of their own.'),
      ('peer_exchange_edit_product', 'practitioner_products', 'update', true, 'practitioner_id = ' || caller, true,
       'Practitioners change their own products.'),
      ('peer_exchange_drop_product', 'practitioner_products', 'delete', true, 'practitioner_id = ' || caller, false,
       'Practitioners take back their own products.'),
      ('peer_exchange_hours',        'practitioner_availability', 'select', true, signed_in, false,
       'Whoever is signed in sees when practitioners work.'),
      ('peer_exchange_add_hours',    'practitioner_availability', 'insert', true, 'user_id = ' || caller, true,
       'Practitioners publish their own hours.'),
      ('peer_exchange_edit_hours',   'practitioner_availability', 'update', true, 'user_id = ' || caller, true,
       'Practitioners change their own hours.'),
      ('peer_exchange_drop_hours',   'practitioner_availability', 'delete', true, 'user_id = ' || caller, false,
       'Practitioners take back their own hours.'),
      ('peer_exchange_own_events',   'calendar_events', 'all', true, 'user_id = ' || caller, true,
       'People keep their own calendar.'),
      ('peer_exchange_policies',     'cancellation_policies', 'select', true, signed_in, false,
       'Whoever is signed in sees how much a late cancellation gives back.'),
      ('peer_exchange_add_policy',   'cancellation_policies', 'insert', true, 'practitioner_id = ' || caller, true,
       'Practitioners set their own cancellation policy.'),
      ('peer_exchange_edit_policy',  'cancellation_policies', 'update', true, 'practitioner_id = ' || caller, true,
       'Practitioners change their own cancellation policy.'),
      ('peer_exchange_drop_policy',  'cancellation_policies', 'delete', true, 'practitioner_id = ' || caller, false,
       'Practitioners take back their own cancellation policy.')
    ) as policies (name, table_name, command, for_created_only, expression, is_checked, meaning)
  loop
    step := peer_exchange.step_towards(('policy', wanted.table_name, wanted.name,
              format('create policy %%1$I on %%2$s for %s to %s', wanted.command, readers)
              || case when wanted.command <> 'insert' then format(' using (%s)', wanted.expression) else '' end
              || case when wanted.is_checked then format(' with check (%s)', wanted.expression) else '' end,
              wanted.meaning));
    if step.action = 'created' then
      existing := peer_exchange.covering_policy(wanted.table_name, wanted.command, readers);
      if existing is not null then
        step := (step.object, 'unchanged',
                 format('not needed: policy %I of the application says whose rows these are', existing), null);
      elsif wanted.for_created_only
            and peer_exchange.host_table(wanted.table_name) is not null
            and not peer_exchange.is_made_by_setup(wanted.table_name) then
        continue;
      end if;
    end if;
    return next step;
  end loop;
end $$;

-- The application's own permissive policy about whose rows these are, if it has one for what ours would
-- allow: two of a kind are evaluated twice for every row. Not on sessions, where ours is about peer
-- sessions and theirs about all.
create function peer_exchange.covering_policy(p_table_name text, p_command text, p_role_name text) returns name
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select policy.polname
    from pg_policy as policy
    join pg_attribute as owner
         on owner.attrelid = policy.polrelid
        and owner.attname = case p_table_name when 'notifications' then 'recipient_id' else 'user_id' end
    join pg_depend as mention
         on mention.classid = 'pg_policy'::regclass
        and mention.objid = policy.oid
        and mention.refobjid = policy.polrelid
        and mention.refobjsubid = owner.attnum
   where policy.polrelid = peer_exchange.host_table(p_table_name)
     and p_table_name in ('credits', 'credit_transactions', 'notifications')
     and policy.polpermissive
     and policy.polcmd in (case p_command when 'select' then 'r'::"char" else 'w'::"char" end, '*'::"char")
     and policy.polname not like 'peer\_exchange\_%'
     and (0 = any (policy.polroles)
          or exists (select from pg_roles where rolname = p_role_name and oid = any (policy.polroles)))
   order by policy.polname
   limit 1
$$;

comment on function peer_exchange.covering_policy(text, text, text) is
  'The application''s own policy that makes one of ours superfluous.';

comment on function peer_exchange.setup_policies() is
  'Steps of setup(): policies that let people see and do what is theirs.';

-- Restrictive: whatever another policy allows, an ordinary role writes neither balances nor ledger.
create function peer_exchange.setup_closed_doors() returns setof peer_exchange.setup_step
language sql
set search_path = pg_catalog, pg_temp
as $$
  with ordinary as (
    select string_agg(quote_ident(rolname), ', ' order by rolname) as roles
      from pg_roles where rolname in ('anon', 'authenticated')
  ), wanted as (
    select host.table_name, door.command,
           format('peer_exchange_no_%s', door.command) as name,
           case when door.command = 'insert' then 'with check (false)' else 'using (false)' end as rule,
           'Restrictive: whatever another policy allows, ordinary roles do not write here.' as meaning
      from unnest(array['credits', 'credit_transactions']) as host (table_name)
     cross join unnest(array['insert', 'update', 'delete']) as door (command)
    union all
    select 'notifications', 'insert', 'peer_exchange_no_delivery', 'with check (delivery_due_at is null)',
           'Restrictive: whatever another policy allows, ordinary roles have nothing sent by e-mail.'
  )
  select step.*
    from wanted
   cross join ordinary
   cross join lateral peer_exchange.step_towards(
         ('policy', wanted.table_name, wanted.name,
          format('create policy %%1$I on %%2$s as restrictive for %s to %s %s', wanted.command, ordinary.roles, wanted.rule),
          wanted.meaning)) as step
   where ordinary.roles is not null
$$;

comment on function peer_exchange.setup_closed_doors() is
  'Steps of setup(): policies that keep ordinary roles from writing balances and ledger, and from having e-mails sent.';

create function peer_exchange.setup_row_security() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'row-level security of public.' || name,
         case when class.relrowsecurity then 'unchanged' when class.oid is null then 'created' else 'altered' end,
         case when class.relrowsecurity then null else 'enabled' end,
         case when not coalesce(class.relrowsecurity, false)
              then format('alter table public.%I enable row level security', name) end
    from peer_exchange.host_tables() as host (name, meaning)
    left join pg_class as class on class.oid = peer_exchange.host_table(name)
   -- Of the application's own tables only those that carry credits or messages.
   where class.oid is null
      or class.relrowsecurity
      or peer_exchange.is_made_by_setup(name)
      or name in ('client_sessions', 'credits', 'credit_transactions', 'notifications')
   order by name collate "C"
$$;

comment on function peer_exchange.setup_row_security() is 'Steps of setup(): row-level security.';
