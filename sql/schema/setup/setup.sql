-- setup() itself: everything is planned first, on the state as it is, and then done in the order of
-- the plan. So a dry run says exactly what a run does.
--
-- Whoever runs it may be a superuser, and the application's rows bring casts, domains and triggers of their own.
-- So rows are looked at and written with the rights of the tables' owner, and checked anew with them. What is left to
-- the caller are definitions: indexes, for which Postgres itself acts as the owner, and what runs nothing of others.

create function peer_exchange.setup_plan_by_owner() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform peer_exchange.make_twins();
  return query select * from peer_exchange.setup_tables();
  return query select * from peer_exchange.setup_vocabulary();
  return query select * from peer_exchange.setup_ledger_foreign_keys();
  return query select * from peer_exchange.setup_credit_constraints();
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
  select string_agg(format('%s: %s', obstacle.object, obstacle.detail), E'\n' order by obstacle.object)
    into obstacles
    from peer_exchange.setup_obstacles() as obstacle;
  if obstacles is not null then
    raise exception using
      errcode = 'object_not_in_prerequisite_state',
      message = 'peer_exchange can''t adopt this database as it is; nothing was changed',
      detail  = obstacles,
      hint    = 'Mend what is named and try again.';
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
  plan peer_exchange.setup_step[] := array(select planned from peer_exchange.setup_public_functions() as planned);
  step peer_exchange.setup_step;
begin
  begin
    -- Privileges are planned on the functions that will be there.
    set local client_min_messages = warning;
    foreach step in array plan loop
      execute step.statement;
    end loop;
    perform peer_exchange.open_to_owner();
    perform peer_exchange.open_temporary_schema();
    plan := plan || array(select planned from peer_exchange.setup_plan() as planned);
    raise exception using errcode = 'XPLAN';
  exception when sqlstate 'XPLAN' then
  end;
  return query select * from unnest(plan);
end $$;

comment on function peer_exchange.setup_steps() is
  'The plan of setup(), made as the owner of the tables where there are any.';

create function peer_exchange.setup(dry_run boolean default false)
returns table (object text, action text, detail text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step peer_exchange.setup_step;
begin
  if dry_run and exists (select from peer_exchange.setup_obstacles()) then
    return query select obstacle.object, obstacle.action, obstacle.detail
                   from peer_exchange.setup_obstacles() as obstacle;
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  if not coalesce(dry_run, false) then
    perform peer_exchange.open_to_owner();
  end if;
  foreach step in array array(select planned from peer_exchange.setup_steps() as planned) loop
    if step.statement is not null and not coalesce(dry_run, false) then
      execute step.statement;
    end if;
    object := step.object;
    action := step.action;
    detail := step.detail;
    return next;
  end loop;
  if not coalesce(dry_run, false) then
    perform peer_exchange.open_to_owner();
  end if;
end $$;

comment on function peer_exchange.setup(boolean) is
  'Creates the host tables that are missing and adopts those that exist, in one transaction: one row per object with created, adopted, altered, unchanged or conflict. Idempotent. With dry_run it only says what it would do. For an administrator.';
