-- setup() itself: everything is planned first, on the state as it is, and then done in the order of
-- the plan. So a dry run says exactly what a run does.
--
-- Whoever runs it may be a superuser, and the application's rows bring casts, domains and triggers of their own.
-- So rows are looked at and written with the rights of the tables' owner, and checked anew with them. What is left to
-- the caller are definitions: indexes, for which Postgres itself acts as the owner, and what runs nothing of others.

create function peer_exchange.setup_plan_by_owner() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
begin
  perform peer_exchange.make_twins();
  return query select * from peer_exchange.setup_tables();
  return query select * from peer_exchange.setup_defaults();
  return query select * from peer_exchange.setup_vocabulary();
  return query select * from peer_exchange.setup_ledger_foreign_keys();
  return query select * from peer_exchange.setup_credit_constraints();
  return query select * from peer_exchange.setup_refund_hours();
  return query select * from peer_exchange.setup_meanings();
  return query select * from peer_exchange.setup_session_time();
  return query select * from peer_exchange.setup_indexes();
  return query select * from peer_exchange.setup_owners();
  return query select * from peer_exchange.setup_row_security();
  return query select * from peer_exchange.setup_policies();
  return query select * from peer_exchange.setup_closed_doors();
  return query select * from peer_exchange.setup_triggers();
  return query select * from peer_exchange.setup_search_entries();
  return query select * from peer_exchange.setup_clean_slate();
  return query select * from peer_exchange.setup_revocations();
  return query select * from peer_exchange.setup_grants();
  return query select * from peer_exchange.setup_function_privileges();
  return query select * from peer_exchange.setup_caller_privileges();
  return query select * from peer_exchange.setup_findings();
  return query select * from peer_exchange.setup_people();
end $$;

comment on function peer_exchange.setup_plan_by_owner() is
  'What peer_exchange.setup_plan does, as the owner of the tables.';

create function peer_exchange.setup_plan() returns setof peer_exchange.setup_step
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_of_what_is_there';

comment on function peer_exchange.setup_plan() is
  'What setup() would do now, each step with its statement.';

-- ALTER TABLE checks the rows of a table with the rights of whoever alters it.
create function peer_exchange.alter_table_by_owner(p_statement text) returns void
language plpgsql
as $$
begin
  execute p_statement;
end $$;

comment on function peer_exchange.alter_table_by_owner(text) is
  'What peer_exchange.alter_table does, as the owner of the tables.';

create function peer_exchange.alter_table(p_statement text) returns void
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_of_what_is_there';

comment on function peer_exchange.alter_table(text) is
  'Called by setup(): carries out an ALTER TABLE that runs expressions of the application''s.';

create function peer_exchange.refuse_obstacles() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  obstacles text;
begin
  select string_agg(format('%s: %s', obstacle.object, obstacle.detail), E'\n' order by obstacle.object collate "C")
    into obstacles
    from peer_exchange.setup_obstacles() as obstacle;
  if obstacles is not null then
    raise exception using
      errcode = 'object_not_in_prerequisite_state',
      message = 'peer_exchange can''t adopt this database as it is; nothing was changed',
      detail  = obstacles,
      hint    = 'Fix what is listed and try again.';
  end if;
end $$;

comment on function peer_exchange.refuse_obstacles() is
  'Raises 55000 with everything that makes a table of the application unusable.';

-- What the plan is made with, privileges and twins of tables, is taken back. Who carries it out opens again to the owner.
create function peer_exchange.setup_steps() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  plan peer_exchange.setup_step[] := array(select planned from peer_exchange.setup_public_functions() as planned
                                           union all
                                           select planned from peer_exchange.setup_figures_role() as planned);
  step peer_exchange.setup_step;
begin
  begin
    -- Privileges are planned on the functions that will be there, and for the role.
    set local client_min_messages = warning;
    foreach step in array plan loop
      if step.statement is not null then
        execute step.statement;
      end if;
    end loop;
    perform peer_exchange.open_to_owner();
    perform peer_exchange.open_temporary_schema();
    -- What calls a function that is moved now has been named already.
    plan := plan || array(select planned from peer_exchange.setup_plan() as planned
                           where not exists (select from unnest(plan) as named
                                              where (named.object, named.detail) = (planned.object, planned.detail)));
    raise exception using errcode = 'XPLAN';
  exception when sqlstate 'XPLAN' then
  end;
  return query select * from unnest(plan);
end $$;

comment on function peer_exchange.setup_steps() is
  'The plan of setup(), made as the owner of the tables where there are any.';

-- One adoption at a time: two would be granting at once, and plan what the other is doing.
create function peer_exchange.adopt_in_turn() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  select pg_advisory_xact_lock('peer_exchange'::regnamespace::oid::integer, 0)
$$;

comment on function peer_exchange.adopt_in_turn() is
  'Waits until nobody else is adopting the application, until the end of the transaction.';

-- All tables, or none: whoever has some of them in hand while waiting for another would make the application wait, and
-- deadlock with it whichever order it locks in.
create function peer_exchange.lock_host_tables() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted   text := (select string_agg(format('public.%I', host.table_name), ', ')
                      from peer_exchange.host_tables() as host
                     where peer_exchange.host_table(host.table_name) is not null);
  patience text := current_setting('lock_timeout');
  begun_at timestamptz := clock_timestamp();
begin
  while wanted is not null loop
    begin
      perform set_config('lock_timeout', '50ms', true);
      execute format('lock table %s in access exclusive mode', wanted);
      exit;
    exception when lock_not_available then
      if patience <> '0' and clock_timestamp() > begun_at + patience::interval then
        raise;
      end if;
    end;
    perform pg_sleep(0.1);
  end loop;
  perform set_config('lock_timeout', patience, true);
end $$;

comment on function peer_exchange.lock_host_tables() is
  'Keeps everybody else from the application''s tables until the end of the transaction.';

-- What was committed while it waited for the tables has to be seen: rows that are not would stay without their time.
create function peer_exchange.require_read_committed() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise invalid_transaction_state using
      message = format('setup() can''t change tables under %s, which hides what is written while it waits for them',
                       upper(current_setting('transaction_isolation') collate "C")),
      hint    = 'Begin with BEGIN ISOLATION LEVEL READ COMMITTED.';
  end if;
end $$;

comment on function peer_exchange.require_read_committed() is
  'Raises 25000 under a level of isolation at which a transaction sees one moment of the database throughout.';

create function peer_exchange.setup(dry_run boolean default false)
returns table (object text, action text, detail text)
language plpgsql
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
declare
  is_dry boolean := coalesce(dry_run, false);
  plan   peer_exchange.setup_step[];
  step   peer_exchange.setup_step;
begin
  if is_dry and exists (select from peer_exchange.setup_obstacles()) then
    return query select obstacle.object, obstacle.action, obstacle.detail
                   from peer_exchange.setup_obstacles() as obstacle;
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  perform peer_exchange.adopt_in_turn();
  if not is_dry then
    perform peer_exchange.open_to_owner();
  end if;
  plan := array(select planned from peer_exchange.setup_steps() as planned);
  -- What was planned is what is done: where there is something to do, it is planned again with nobody else writing.
  if not is_dry and peer_exchange.host_owner() is not null
     and exists (select from unnest(plan) as planned where planned.statement is not null)
  then
    perform peer_exchange.require_read_committed();
    perform peer_exchange.lock_host_tables();
    plan := array(select planned from peer_exchange.setup_steps() as planned);
  end if;
  foreach step in array plan loop
    if step.statement is not null and not is_dry then
      execute step.statement;
    end if;
    object := step.object;
    action := step.action;
    detail := step.detail;
    return next;
  end loop;
end $$;

comment on function peer_exchange.setup(boolean) is
  'Creates the host tables that are missing and adopts those that exist, in one transaction: one row per object with created, adopted, altered, unchanged or conflict. Idempotent. With dry_run it only says what it would do. For an administrator.';
