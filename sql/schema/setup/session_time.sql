-- The occupied time of sessions that were there before their guards, and the constraint that keeps the
-- sessions of one practitioner apart. Sessions that overlap already come back as conflicts; until they
-- are mended the constraint is left out, and the guards alone keep further ones away.

-- While the guards are on, what they have written stands: a practitioner who changes her time zone
-- later moves no session.
create function peer_exchange.are_sessions_guarded() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_trigger
                  where tgrelid = peer_exchange.host_table('client_sessions')
                    and tgname = 'zzzz_peer_exchange_3_keep_time'
                    and tgfoid = 'peer_exchange.keep_session_time()'::regprocedure
                    and tgenabled in ('O', 'A')
                    and tgqual is null
                    and cardinality(tgattr::int2[]) = 0)
$$;

comment on function peer_exchange.are_sessions_guarded() is
  'Whether the trigger that derives occupied_during is on, for whatever it follows from.';

-- When every session takes place, computed from the columns that every application has.
create function peer_exchange.session_times()
returns table (session_id uuid, practitioner_id uuid, period tstzrange)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with zone as materialized (
    select practitioner.id, peer_exchange.time_zone_of(practitioner.id) as name
      from (select distinct session.therapist_id as id from public.client_sessions as session) as practitioner
  )
  select session.id, session.therapist_id,
         case when session.therapist_id is not null then
           peer_exchange.occupied_during(session.status::text, session.session_date, session.start_time,
             session.duration_minutes::integer, zone.name, null)
         end
    from public.client_sessions as session
    left join zone on zone.id = session.therapist_id;
end $$;

comment on function peer_exchange.session_times() is
  'When every session takes place; NULL for those that are not active.';

create function peer_exchange.overlapping_sessions() returns table (session_id uuid, overlapped_id uuid)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with active as materialized (
    select * from peer_exchange.session_times() where period is not null
  ), in_order as (
    select active.*,
           max(upper(active.period)) over (partition by active.practitioner_id
                                           order by lower(active.period), active.session_id
                                           rows between unbounded preceding and 1 preceding) as busy_until
      from active
  )
  select in_order.session_id, earlier.session_id
    from in_order
   cross join lateral (
         select other.session_id
           from active as other
          where other.practitioner_id = in_order.practitioner_id
            and other.period && in_order.period
            and (lower(other.period), other.session_id) < (lower(in_order.period), in_order.session_id)
          order by lower(other.period), other.session_id
          limit 1) as earlier
   where in_order.busy_until > lower(in_order.period)
$$;

comment on function peer_exchange.overlapping_sessions() is
  'Active sessions that overlap an earlier one of the same practitioner, with that one.';

create function peer_exchange.stale_sessions() returns bigint
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  stale bigint;
begin
  if not peer_exchange.has_column(peer_exchange.host_table('client_sessions'), 'occupied_during') then
    return (select count(*) from peer_exchange.session_times() as due where due.period is not null);
  end if;
  execute $count$
    select count(*)
      from public.client_sessions as session
      join peer_exchange.session_times() as due on due.session_id = session.id
     where session.occupied_during is distinct from due.period
       and (session.occupied_during is null or due.period is null or not peer_exchange.are_sessions_guarded())
  $count$ into stale;
  return stale;
end $$;

comment on function peer_exchange.stale_sessions() is
  'How many sessions have an occupied_during that does not follow from them.';

create function peer_exchange.setup_session_time() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  host_table regclass := peer_exchange.host_table('client_sessions');
  rule       peer_exchange.wanted_object := (
    'constraint', 'client_sessions', 'client_sessions_no_overlap',
    'alter table %2$s add constraint %1$I exclude using gist (therapist_id with =, occupied_during with &&) '
    || 'where (occupied_during is not null)',
    'No two active sessions of one practitioner at the same time.');
  step       peer_exchange.setup_step := peer_exchange.step_towards(rule);
  stale      bigint := 0;
  conflicts  bigint := 0;
begin
  if host_table is not null then
    stale := peer_exchange.stale_sessions();
  end if;
  -- What the constraint has kept apart so far does not overlap.
  if host_table is not null and (stale > 0 or step.action <> 'unchanged') then
    return query
      select format('session %s', overlapping.session_id), 'conflict',
             format('it overlaps session %s of the same practitioner, and until that is mended constraint '
                    || 'client_sessions_no_overlap can''t hold; cancel or move one of them and run setup() again',
                    overlapping.overlapped_id), null
        from peer_exchange.overlapping_sessions() as overlapping
       order by overlapping.session_id;
    get diagnostics conflicts = row_count;
  end if;

  if conflicts > 0 and step.action <> 'created' then
    return next (step.object, 'altered', 'dropped until the sessions that overlap are mended; the guards hold',
                 peer_exchange.removal_of(rule))::peer_exchange.setup_step;
  end if;
  if stale > 0 then
    return next ('rows of public.client_sessions', 'altered',
                 format('occupied_during of %s sessions follows from their date, time, duration and status', stale),
                 'select peer_exchange.refresh_occupancy()')::peer_exchange.setup_step;
  end if;
  if conflicts = 0 then
    return next step;
  end if;
end $$;

comment on function peer_exchange.setup_session_time() is
  'Steps of setup(): the occupied time of sessions and the constraint that keeps them apart.';
