-- Every attempt is made for real: the statement runs as the actor and is undone, whatever comes of it.
create function access.outcome(actor text, statement text) returns text
language plpgsql
as $$
declare
  state   text;
  message text;
  touched bigint;
begin
  call access.becomes(actor);
  execute statement;
  get diagnostics touched = row_count;
  -- TRUNCATE and CALL do not count.
  raise exception using errcode = 'XUNDO', message = case when statement ~ '^(truncate|call) ' then 1 else touched end::text;
exception when others then
  get stacked diagnostics state = returned_sqlstate, message = message_text;
  return case
    when state = 'XUNDO' then case when message = '0' then '-' else 'done' end
    -- What row-level security and privileges keep shut.
    when state = '42501' and message ~ '^(permission denied|must be owner|new row violates row-level)' then '-'
    -- What a guard or a constraint keeps shut.
    when state = '42501' or state like '23%'
         or message in (select refusal.message from access.refusal_of_the_application as refusal) then 'guard'
    else format('%s: %s', state, message)
  end;
end $$;

-- Whose rows a table has, and which rows a name in allowed.md stands for.
create table access.known_table (name text primary key, owners text[], condition text default 'true');
insert into access.known_table values
  ('users', '{id}'),
  ('practitioner_products', '{practitioner_id}'),
  ('practitioner_availability', '{user_id}'),
  ('calendar_events', '{user_id}'),
  ('cancellation_policies', '{practitioner_id}'),
  ('credits', '{user_id}'),
  ('credit_transactions', '{user_id}'),
  ('notifications', '{recipient_id}'),
  ('peer_exchange.search_entries', '{user_id}'),
  ('peer_exchange.session_moves', '{moved_by}');
insert into access.known_table
select 'client_sessions, ' || name, '{client_id,therapist_id}', condition
  from (values ('paid', 'id in (access.session(''paid''), access.session(''strange''))'),
               ('unpaid', 'id = access.session(''unpaid'')')) as kinds (name, condition);

create function access.table_of(rows text) returns text
language sql immutable
as $$
  select split_part(rows, ',', 1)
$$;

-- With its schema, which is public where none is named.
create function access.place_of(table_name text) returns text
language sql immutable
as $$
  select case when table_name like '%.%' then table_name else format('public.%I', table_name) end
$$;

-- Whose rows a condition has to pick: those of the world alone, since the application has rows too.
create function access.rows_of(rows text, actor text, own boolean) returns text
language sql stable
as $$
  select format('%s and (%s) and %s (%s)', known.condition,
                (select string_agg(format('%I between %L and %L', owner, access.id('Ann'), access.id('Nobody')), ' or ')
                   from unnest(known.owners) as owner),
                case when own then '' else 'not' end,
                (select string_agg(format('coalesce(%I = %L, false)', owner, access.id(actor)), ' or ')
                   from unnest(known.owners) as owner))
    from access.known_table as known
   where known.name = rows
$$;

-- Another value of a column, in SQL; `status = cancelled` names it.
create function access.other_value(table_name text, column_spec text) returns text
language plpgsql
as $$
declare
  column_name text := split_part(column_spec, ' = ', 1);
  type        regtype;
  is_enum     boolean;
begin
  select attribute.atttypid, pg_type.typtype = 'e'
    into strict type, is_enum
    from pg_attribute as attribute
    join pg_type on pg_type.oid = attribute.atttypid
   where attribute.attrelid = access.place_of(table_name)::regclass
     and attribute.attname = column_name and not attribute.attisdropped;
  if column_spec like '% = %' then
    return format('%L::%s', split_part(column_spec, ' = ', 2), type);
  end if;
  if is_enum then
    return format('(select label from unnest(enum_range(null::%s)) as label where label is distinct from %I limit 1)', type, column_name);
  end if;
  if column_name in ('session_timezone', 'timezone') then
    return quote_literal('Europe/Berlin');
  end if;
  return format(case type::text
    when 'uuid'    then case when column_name = 'id' then 'gen_random_uuid()'
                             else 'case when %1$I = access.id(''Cyd'') then access.id(''Ben'') else access.id(''Cyd'') end' end
    when 'integer' then 'coalesce(%1$I, 0) + 1'
    when 'smallint' then '(coalesce(%1$I, 0) + 1)::smallint'
    when 'numeric' then 'coalesce(%1$I, 0) + 1'
    when 'boolean' then 'not coalesce(%1$I, false)'
    when 'date'    then '%1$I + 1'
    when 'time without time zone'   then '%1$I + interval ''1 hour'''
    when 'timestamp with time zone' then 'coalesce(%1$I, now()) - interval ''1 hour'''
    when 'jsonb'     then '''{"other": 1}''::jsonb'
    when 'text[]'    then 'array[''other'']'
    when 'tstzrange' then 'tstzrange(lower(%1$I) + interval ''1 day'', upper(%1$I) + interval ''1 day'')'
    else 'concat(%1$I, ''!'')' end, column_name);
end $$;

create function access.statement(action text, rows text, column_spec text, actor text, own boolean) returns text
language plpgsql
as $$
declare
  host_table text := access.place_of(access.table_of(rows));
  -- One row, or a key could not be changed in all of them.
  condition  text := format('ctid in (select ctid from %s where %s limit 1)', host_table,
                            access.rows_of(rows, actor, own));
  person     uuid := case when own then access.id(actor) else access.id('Dan') end;
begin
  return case action
    when 'select'   then format('select %I from %s where %s', column_spec, host_table, condition)
    when 'update'   then format('update %s set %I = %s where %s', host_table,
                                split_part(column_spec, ' = ', 1), access.other_value(access.table_of(rows), column_spec), condition)
    when 'delete'   then format('delete from %s where %s', host_table, condition)
    when 'truncate' then format('truncate %s cascade', host_table)
    when 'insert'   then replace(access.insertion(rows), ':person', quote_literal(person))
  end;
end $$;

-- A row that conflicts with no other, as the application would write it.
create function access.insertion(rows text) returns text
language sql immutable
as $$
  select case rows
    when 'users' then
      'insert into public.users (id, email, first_name, last_name) values (gen_random_uuid(), ''new@access.test'', ''New'', ''Doe'')'
    when 'practitioner_products' then
      'insert into public.practitioner_products (practitioner_id, name, duration_minutes) values (:person, ''Stretching'', 30)'
    when 'practitioner_availability' then
      'insert into public.practitioner_availability (user_id, timezone) values (:person, ''UTC'') '
      || 'on conflict (user_id) do update set timezone = excluded.timezone'
    when 'calendar_events' then
      'insert into public.calendar_events (user_id, title, start_time, end_time) values (:person, ''Off'', now(), now())'
    when 'cancellation_policies' then
      'insert into public.cancellation_policies (practitioner_id) values (:person) '
      || 'on conflict (practitioner_id) do update set full_refund_hours = excluded.full_refund_hours'
    when 'credits' then
      'insert into public.credits (user_id, balance) values (:person, 5) on conflict (user_id) do update set balance = 5'
    when 'credit_transactions' then
      'insert into public.credit_transactions (user_id, amount, transaction_type, balance_before, balance_after) '
      || 'values (:person, 5, ''bonus'', 0, 5)'
    when 'notifications' then
      'insert into public.notifications (recipient_id, type, title, body) '
      || 'values (:person, ''peer_credits_earned'', ''Credits'', ''You have earned credits'')'
    when 'peer_exchange.search_entries' then
      'insert into peer_exchange.search_entries (user_id, words) values (gen_random_uuid(), ''somebody'')'
    when 'peer_exchange.session_moves' then
      'insert into peer_exchange.session_moves (id, session_id, moved_by, previous_session_date, previous_start_time, '
      || 'session_date, start_time, status) '
      || 'values (gen_random_uuid(), gen_random_uuid(), :person, now(), ''10:00'', now(), ''11:00'', ''scheduled'')'
    when 'client_sessions, unpaid' then
      'insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, '
      || 'duration_minutes, is_peer_booking) '
      || 'values (:person, access.id(''Eve''), ''Somebody'', (now() + interval ''50 days'')::date, ''10:00'', 60, true)'
  end
$$;

-- What an actor can do: `all`, only to `own` rows, nothing (`-`), or nothing since a `guard` forbids it.
create function access.can(actor text, action text, rows text, column_spec text) returns text
language plpgsql
as $$
declare
  own     text;
  foreign_rows text;
begin
  foreign_rows := access.outcome(actor, access.statement(action, rows, column_spec, actor, false));
  if access.id(actor) is null or action = 'truncate' then
    return case foreign_rows when 'done' then 'all' else foreign_rows end;
  end if;
  if foreign_rows = 'done' then
    return 'all';
  end if;
  own := access.outcome(actor, access.statement(action, rows, column_spec, actor, true));
  return case
    when own = 'done' and foreign_rows in ('-', 'guard') then 'own'
    when own = 'guard' and foreign_rows in ('-', 'guard') then 'guard'
    when own = '-' and foreign_rows = 'guard' then 'guard'
    when own = '-' then foreign_rows
    else own
  end;
end $$;
