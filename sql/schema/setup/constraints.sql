-- Constraints and foreign keys; where existing rows stand in the way, a conflict that names them.

-- Active sessions that overlap an earlier one of the same practitioner, computed from the columns
-- that every application has, since occupied_during may not be there yet.
create function peer_exchange.overlapping_sessions() returns table (session_id uuid, overlapped_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with active as (
    select session.id, session.therapist_id,
           peer_exchange.occupied_during(session.status::text, session.session_date, session.start_time,
             session.duration_minutes::integer, peer_exchange.time_zone_of(session.therapist_id)) as period
      from public.client_sessions as session
     where session.therapist_id is not null
  ), in_order as (
    select active.*,
           max(upper(active.period)) over (partition by active.therapist_id
                                           order by lower(active.period), active.id
                                           rows between unbounded preceding and 1 preceding) as busy_until
      from active
     where active.period is not null
  )
  select in_order.id, earlier.id
    from in_order
   cross join lateral (
         select other.id
           from active as other
          where other.therapist_id = in_order.therapist_id
            and other.period && in_order.period
            and (lower(other.period), other.id) < (lower(in_order.period), in_order.id)
          order by lower(other.period), other.id
          limit 1) as earlier
   where in_order.busy_until > lower(in_order.period);
end $$;

-- Sessions whose occupied_during is not what the session says.
create function peer_exchange.stale_sessions() returns bigint
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  stale bigint;
begin
  if not peer_exchange.has_column(peer_exchange.host_table('client_sessions'), 'occupied_during') then
    select count(*) into stale
      from public.client_sessions as session
     where session.status::text in ('scheduled', 'confirmed', 'in_progress', 'pending_payment');
  else
    execute $count$
      select count(*)
        from public.client_sessions as session
       where session.occupied_during is distinct from
             case when session.therapist_id is not null then
               peer_exchange.occupied_during(session.status::text, session.session_date, session.start_time,
                 session.duration_minutes::integer, peer_exchange.time_zone_of(session.therapist_id))
             end
         and (session.occupied_during is not null
              or session.status::text in ('scheduled', 'confirmed', 'in_progress', 'pending_payment'))
    $count$ into stale;
  end if;
  return stale;
end $$;

create function peer_exchange.setup_session_time() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  host_table regclass := peer_exchange.host_table('client_sessions');
  is_adopted boolean  := host_table is not null;
  stale      bigint   := 0;
  conflicts  bigint   := 0;
begin
  if is_adopted then
    stale := peer_exchange.stale_sessions();
  end if;
  if stale > 0 then
    return next ('rows of public.client_sessions', 'altered',
                 format('occupied_during of %s sessions follows from their date, time, duration and status', stale),
                 'select peer_exchange.refresh_occupancy()')::peer_exchange.setup_step;
  end if;

  if exists (select from pg_constraint where conrelid = host_table and conname = 'client_sessions_no_overlap') then
    return next ('constraint client_sessions_no_overlap on public.client_sessions', 'unchanged', null, null)::peer_exchange.setup_step;
    return;
  end if;
  if is_adopted then
    return query
      select format('session %s', overlapping.session_id), 'conflict',
             format('it overlaps session %s of the same practitioner, so constraint client_sessions_no_overlap '
                    || 'can''t be added; cancel or move one of them and run setup() again',
                    overlapping.overlapped_id), null
        from peer_exchange.overlapping_sessions() as overlapping
       order by overlapping.session_id;
    get diagnostics conflicts = row_count;
  end if;
  if conflicts = 0 then
    return next ('constraint client_sessions_no_overlap on public.client_sessions', 'created',
                 'No two active sessions of one practitioner at the same time.',
                 'alter table public.client_sessions add constraint client_sessions_no_overlap '
                 || 'exclude using gist (therapist_id with =, occupied_during with &&) '
                 || 'where (occupied_during is not null); '
                 || 'comment on constraint client_sessions_no_overlap on public.client_sessions is '
                 || '''No two active sessions of one practitioner at the same time.''')::peer_exchange.setup_step;
  end if;
end $$;

comment on function peer_exchange.setup_session_time() is
  'Steps of setup(): the occupied time of sessions and the constraint that keeps them apart.';

-- Balances and debts are never below zero; rows that are stand in the way.
create function peer_exchange.setup_credit_constraints() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  host_table regclass := peer_exchange.host_table('credits');
  rule       record;
  violations bigint;
begin
  for rule in
    select * from (values ('credits_balance_not_negative', 'balance'),
                          ('credits_owed_not_negative', 'owed')) as rules (name, column_name)
  loop
    if exists (select from pg_constraint where conrelid = host_table and conname = rule.name) then
      return next (format('constraint %s on public.credits', rule.name), 'unchanged', null, null)::peer_exchange.setup_step;
      continue;
    end if;
    violations := 0;
    if peer_exchange.has_column(host_table, rule.column_name) then
      return query execute format(
        'select ''balance of user '' || user_id, ''conflict'', ''%1$s is '' || %1$s || '', so constraint %2$s can''''t be '
        || 'added; set it right, with the adjustment row that verify_ledger() then lacks, and run setup() again'', null '
        || 'from public.credits where %1$s < 0 order by user_id', rule.column_name, rule.name);
      get diagnostics violations = row_count;
    end if;
    if violations = 0 then
      return next (format('constraint %s on public.credits', rule.name), 'created', null,
                   format('alter table public.credits add constraint %I check (%I >= 0)', rule.name, rule.column_name))::peer_exchange.setup_step;
    end if;
  end loop;
end $$;

comment on function peer_exchange.setup_credit_constraints() is
  'Steps of setup(): constraints on balances.';

-- Ledger rows outlive the person: a foreign key that would change or delete them goes.
create function peer_exchange.setup_ledger_foreign_keys() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('foreign key %I on public.credit_transactions', reference.conname), 'altered',
         'dropped: it would delete or change ledger rows with what they refer to',
         format('alter table public.credit_transactions drop constraint %I', reference.conname)
    from pg_constraint as reference
   where reference.conrelid = peer_exchange.host_table('credit_transactions')
     and reference.contype = 'f'
     and (reference.confdeltype in ('c', 'n', 'd') or reference.confupdtype in ('c', 'n', 'd'))
$$;

comment on function peer_exchange.setup_ledger_foreign_keys() is
  'Steps of setup(): foreign keys that would not leave the ledger alone.';
