-- Indexes: for the two sides of row-level security, for the ledger, for what booking looks up.
create function peer_exchange.setup_indexes() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted     record;
  duplicates text;
begin
  -- One index of a session's client and day serves what two served before.
  return query
    select 'index public.' || former.name, 'altered', 'dropped: client_sessions_client_day_idx serves instead',
           format('drop index public.%I', former.name)
      from unnest(array['client_sessions_peer_client_idx', 'client_sessions_client_occupied_idx']) as former (name)
     where to_regclass(format('public.%I', former.name)) is not null;
  for wanted in
    select * from (values
      -- name, table, columns, uniqueness, condition, meaning
      ('client_sessions_peer_practitioner_idx', 'client_sessions', array['therapist_id', 'session_date'], false, 'is_peer_booking',
       'Row-level security and lists of the sessions that one gives.'),
      ('client_sessions_client_day_idx',        'client_sessions', array['client_id', 'session_date'],    false, null,
       'Row-level security, lists and overlaps of the sessions that one receives.'),
      ('client_sessions_idempotency_key_idx',   'client_sessions', array['client_id', 'idempotency_key'], true,  'is_peer_booking and idempotency_key is not null',
       'A client uses a key for one booking.'),
      ('client_sessions_completed_idx',         'client_sessions', array['therapist_id'],                 false, 'is_peer_booking and status = ''completed''',
       'How many sessions a practitioner has completed.'),
      ('credits_user_id_idx',                   'credits',             array['user_id'],                  true,  null,
       'One balance a person.'),
      ('credit_transactions_user_idx',          'credit_transactions', array['user_id', 'created_at'],    false, null,
       'A person''s ledger in order of time.'),
      ('credit_transactions_session_idx',       'credit_transactions', array['session_id'],               false, null,
       'What the ledger says of a session.'),
      ('credit_transactions_idempotency_key_idx', 'credit_transactions', array['user_id', 'idempotency_key'], true, 'idempotency_key is not null',
       'A key grants once.'),
      ('notifications_recipient_idx',           'notifications',       array['recipient_id', 'created_at'], false, null,
       'A person''s notifications in order of time.'),
      ('notifications_delivery_due_idx',        'notifications',       array['delivery_due_at'],          false, 'delivery_due_at is not null',
       'What is due for delivery; empty while the setting peer_exchange.delivery is off.'),
      ('practitioner_products_practitioner_idx', 'practitioner_products', array['practitioner_id'],       false, null,
       'The products of a practitioner.'),
      ('practitioner_availability_user_idx',    'practitioner_availability', array['user_id'],            false, null,
       'The hours of a practitioner.'),
      ('calendar_events_user_idx',              'calendar_events',     array['user_id', 'end_time'],      false, null,
       'The calendar of a person in order of time.'),
      ('cancellation_policies_practitioner_idx', 'cancellation_policies', array['practitioner_id'],       false, null,
       'The policy of a practitioner.')
    ) as indexes (name, table_name, column_names, is_unique, condition, meaning)
  loop
    -- A table made by setup() has its keys from its columns.
    if (peer_exchange.host_table(wanted.table_name) is null and wanted.column_names in (array['user_id'], array['practitioner_id'])
        and wanted.table_name <> 'practitioner_products')
       or (wanted.condition is null
           and peer_exchange.has_index(peer_exchange.host_table(wanted.table_name), wanted.column_names, wanted.is_unique))
    then
      continue;
    end if;
    -- A value that this very run adds to an enum can't be named before it is over.
    if wanted.name = 'client_sessions_completed_idx' and not peer_exchange.is_completed_known() then
      continue;
    end if;
    if to_regclass(format('public.%I', wanted.name)) is not null then
      return next ('index public.' || wanted.name, 'unchanged', null, null)::peer_exchange.setup_step;
      continue;
    end if;
    duplicates := peer_exchange.duplicates_of(wanted.table_name, wanted.column_names, wanted.is_unique, wanted.condition);
    if duplicates is not null then
      return next ('index public.' || wanted.name, 'conflict',
                   format('rows of public.%s have the same %s: %s; join them and run setup() again',
                          wanted.table_name, array_to_string(wanted.column_names, ', '), duplicates), null)::peer_exchange.setup_step;
      continue;
    end if;
    return next ('index public.' || wanted.name, 'created', wanted.meaning,
                 format('create %sindex %I on public.%I (%s)%s', case when wanted.is_unique then 'unique ' end,
                        wanted.name, wanted.table_name,
                        (select string_agg(quote_ident(name), ', ') from unnest(wanted.column_names) as name),
                        ' where ' || wanted.condition)
                 || format('; comment on index public.%I is %L', wanted.name, wanted.meaning))::peer_exchange.setup_step;
  end loop;
end $$;

comment on function peer_exchange.setup_indexes() is 'Steps of setup(): indexes.';

create function peer_exchange.is_completed_known() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select not exists (
    select from pg_attribute as attribute
      join pg_type as type on type.oid = attribute.atttypid and type.typtype = 'e'
     where attribute.attrelid = peer_exchange.host_table('client_sessions')
       and attribute.attname = 'status'
       and not exists (select from pg_enum as label
                        where label.enumtypid = type.oid and label.enumlabel = 'completed'))
$$;

comment on function peer_exchange.is_completed_known() is
  'Whether a session''s status can be completed.';

-- The values that occur several times where they must be unique; NULL where none does.
create function peer_exchange.duplicates_of(
  p_table_name text, p_column_names text[], p_is_unique boolean, p_condition text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  host_table regclass := peer_exchange.host_table(p_table_name);
  columns    text     := (select string_agg(quote_ident(name), ', ') from unnest(p_column_names) as name);
  duplicates text;
begin
  if not p_is_unique or host_table is null
     or not (select bool_and(peer_exchange.has_column(host_table, name)) from unnest(p_column_names) as name) then
    return null;
  end if;
  execute format('select string_agg(value, ''; '') from (select concat_ws('', '', %1$s) as value from %2$s where %3$s '
                 || 'group by %1$s having count(*) > 1 limit 10) as repeated',
                 columns, host_table,
                 -- A condition on columns that are not there yet holds for no row.
                 case when p_condition is null then format('%I is not null', p_column_names[1])
                      when p_table_name = 'client_sessions'
                           and not peer_exchange.has_column(host_table, 'is_peer_booking') then 'false'
                      else p_condition end)
     into duplicates;
  return duplicates;
end $$;
