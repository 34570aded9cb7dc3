-- Indexes: for the two sides of row-level security, for the ledger, for what booking looks up.

create type peer_exchange.wanted_index as (
  name text, table_name text, method text, column_names text[], is_unique boolean, condition text, meaning text);

comment on type peer_exchange.wanted_index is 'An index that setup() puts on a host table.';

create function peer_exchange.wanted_indexes() returns setof peer_exchange.wanted_index
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('client_sessions_peer_practitioner_idx', 'client_sessions', 'btree', array['therapist_id', 'session_date'], false, 'is_peer_booking',
     'Row-level security and lists of the sessions that one gives.'),
    ('client_sessions_client_day_idx', 'client_sessions', 'btree', array['client_id', 'session_date'], false, null,
     'Row-level security, lists and overlaps of the sessions that one receives.'),
    ('client_sessions_long_idx', 'client_sessions', 'btree', array['client_id'], false, 'duration_minutes > 10080 and occupied_during is not null',
     'Overlaps of the sessions that one receives and that last longer than a week; empty where nobody has such.'),
    ('client_sessions_idempotency_key_idx', 'client_sessions', 'btree', array['client_id', 'idempotency_key'], true, 'is_peer_booking and idempotency_key is not null',
     'A client uses a key for one booking.'),
    -- No booking writes it: a session is in it once it has taken place.
    ('client_sessions_completed_idx', 'client_sessions', 'btree',
     case when peer_exchange.keeps_ratings() then array['therapist_id', 'rating'] else array['therapist_id'] end,
     false, 'is_peer_booking and status = ''completed''',
     'How many sessions a practitioner has completed.'),
    ('client_sessions_start_idx', 'client_sessions', 'btree', array['occupied_during'], false, 'is_peer_booking and occupied_during is not null',
     'Sessions in the order in which they begin, for reminders.'),
    -- A booking asks every index whether it wants the row, so these serve for as much as they can.
    ('client_sessions_unsettled_idx', 'client_sessions', 'btree', array['occupied_during'], false, 'held_credits > 0',
     'Sessions that are to be settled, in the order in which they begin; empty where nothing is held.'),
    ('client_sessions_request_idx', 'client_sessions', 'btree', array['expires_at', 'client_id'], false, 'held_credits > 0 and accepted_at is null',
     'Requests in the order in which they expire, anybody''s or one client''s.'),
    ('client_sessions_report_idx', 'client_sessions', 'btree', array['settled_at', 'no_show_reported_at', 'disputed_at'], false, 'no_show_reported_at is not null or disputed_at is not null',
     'Reports of a no-show, those first that can still be contradicted, and disputes.'),
    ('credits_user_id_idx', 'credits', 'btree', array['user_id'], true, null,
     'One balance a person.'),
    ('credit_transactions_user_idx', 'credit_transactions', 'btree', array['user_id', 'created_at'], false, null,
     'A person''s ledger in order of time.'),
    ('credit_transactions_session_idx', 'credit_transactions', 'btree', array['session_id'], false, null,
     'What the ledger says of a session.'),
    ('credit_transactions_idempotency_key_idx', 'credit_transactions', 'btree', array['user_id', 'idempotency_key'], true, 'idempotency_key is not null',
     'A key grants once.'),
    ('notifications_recipient_idx', 'notifications', 'btree', array['recipient_id', 'created_at'], false, null,
     'A person''s notifications in order of time.'),
    ('notifications_delivery_due_idx', 'notifications', 'btree', array['delivery_due_at'], false, 'delivery_due_at is not null',
     'What is due for delivery; empty while the setting peer_exchange.delivery is off.'),
    ('notifications_pending_idx', 'notifications', 'btree', array['recipient_id'], false, 'delivery_due_at is not null',
     'What a recipient is still to be told, in order; empty while the setting peer_exchange.delivery is off.'),
    ('practitioner_products_practitioner_idx', 'practitioner_products', 'btree', array['practitioner_id'], false, null,
     'The products of a practitioner.'),
    ('practitioner_availability_user_idx', 'practitioner_availability', 'btree', array['user_id'], false, null,
     'The hours of a practitioner.'),
    ('calendar_events_user_idx', 'calendar_events', 'btree', array['user_id', 'end_time'], false, null,
     'The calendar of a person in order of time.'),
    ('cancellation_policies_practitioner_idx', 'cancellation_policies', 'btree', array['practitioner_id'], false, null,
     'The policy of a practitioner.')
$$;

comment on function peer_exchange.wanted_indexes() is 'The indexes that bookings and lists need.';

create function peer_exchange.creation_of_index(p_wanted peer_exchange.wanted_index) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('create %sindex %%1$I on %%2$s using %s (%s)%s', case when p_wanted.is_unique then 'unique ' end,
                p_wanted.method, (select string_agg(quote_ident(name), ', ') from unnest(p_wanted.column_names) as name),
                ' where ' || p_wanted.condition)
$$;

comment on function peer_exchange.creation_of_index(peer_exchange.wanted_index) is
  'The statement that makes an index, with places for its name and its table.';

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

-- Where there is no index of ours, and none is needed or can be made yet.
create function peer_exchange.is_index_spared(p_wanted peer_exchange.wanted_index) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select -- A value that this very run adds to an enum can't be named before it is over.
         (p_wanted.name = 'client_sessions_completed_idx' and not peer_exchange.is_completed_known())
      or (to_regclass(format('public.%I', p_wanted.name)) is null
          and case when host.host_table is null
                   -- A table made by setup() has its keys from its columns.
                   then p_wanted.column_names in (array['user_id'], array['practitioner_id'])
                        and p_wanted.table_name <> 'practitioner_products'
                   else p_wanted.condition is null
                        and peer_exchange.has_index(host.host_table, p_wanted.column_names, p_wanted.is_unique) end)
    from (select peer_exchange.host_table(p_wanted.table_name)) as host (host_table)
$$;

comment on function peer_exchange.is_index_spared(peer_exchange.wanted_index) is
  'Whether setup() makes no index, since the application''s own serves or it is too early.';

create function peer_exchange.is_name_taken(p_index_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from pg_class as class
     where class.oid = to_regclass(format('public.%I', p_index_name))
       and (class.relkind <> 'i' or exists (select from pg_constraint as kept where kept.conindid = class.oid)))
$$;

comment on function peer_exchange.is_name_taken(text) is
  'Whether what bears the name of an index of ours can''t be dropped as an index.';

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

create function peer_exchange.setup_indexes() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted     peer_exchange.wanted_index;
  step       peer_exchange.setup_step;
  duplicates text;
begin
  return query
    select 'index public.' || former.name, 'altered', format('dropped: %s serves instead', former.present_name),
           format('drop index public.%I', former.name)
      from (values ('client_sessions_peer_client_idx',     'client_sessions_client_day_idx'),
                   ('client_sessions_client_occupied_idx', 'client_sessions_client_day_idx'),
                   ('client_sessions_held_client_idx',     'client_sessions_request_idx'),
                   ('client_sessions_no_show_idx',         'client_sessions_report_idx'),
                   ('client_sessions_disputed_idx',        'client_sessions_report_idx')) as former (name, present_name)
     where to_regclass(format('public.%I', former.name)) is not null;
  for wanted in
    select * from peer_exchange.wanted_indexes()
    union all
    select * from peer_exchange.wanted_figure_indexes()
  loop
    if peer_exchange.is_index_spared(wanted) then
      continue;
    end if;
    step := peer_exchange.step_towards(('index', wanted.table_name, wanted.name,
                                        peer_exchange.creation_of_index(wanted), wanted.meaning));
    if step.action <> 'unchanged' then
      duplicates := peer_exchange.duplicates_of(wanted.table_name, wanted.column_names, wanted.is_unique, wanted.condition);
      if duplicates is not null then
        step := (step.object, 'conflict',
                 format('rows of public.%s have the same %s: %s; join them and run setup() again',
                        wanted.table_name, array_to_string(wanted.column_names, ', '), duplicates), null);
      elsif peer_exchange.is_name_taken(wanted.name) then
        step := (step.object, 'conflict', 'something else bears that name; rename it and run setup() again', null);
      end if;
    end if;
    return next step;
  end loop;
end $$;

comment on function peer_exchange.setup_indexes() is 'Steps of setup(): indexes.';
