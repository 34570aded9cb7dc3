-- The occupied time of sessions that were there before their guards, the time zone in which it
-- was promised, and the constraint that keeps the sessions of one practitioner apart. Sessions that overlap already come back as conflicts; until they
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

create function peer_exchange.wanted_no_overlap() returns peer_exchange.wanted_object
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select 'constraint', 'client_sessions', 'client_sessions_no_overlap',
         'alter table %2$s add constraint %1$I exclude using gist (therapist_id with =, occupied_during with &&) '
         || 'where (occupied_during is not null)',
         'No two active sessions of one practitioner at the same time.'
$$;

comment on function peer_exchange.wanted_no_overlap() is
  'The constraint that keeps the sessions of one practitioner apart.';

-- A column that setup() may still have to add.
create function peer_exchange.column_or_null(p_sessions regclass, p_column_name text, p_type text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when peer_exchange.has_column(p_sessions, p_column_name)
              then format('session.%I::%s', p_column_name, p_type)
              else format('null::%s', p_type) end
$$;

comment on function peer_exchange.column_or_null(regclass, text, text) is
  'The SQL expression of a column of the row session, or of NULL where there is none.';

create function peer_exchange.published_zones() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
           when peer_exchange.has_column(peer_exchange.host_table('practitioner_availability'), 'timezone')
           then $zones$(select distinct on (availability.user_id) availability.user_id,
                               peer_exchange.time_zone_or_default(availability.timezone::text) as timezone
                          from public.practitioner_availability as availability
                         order by availability.user_id)$zones$
           else '(select null::uuid as user_id, null::text as timezone)'
         end
$$;

comment on function peer_exchange.published_zones() is
  'The SQL of the time zones that practitioners have published, one row each.';

-- Postgres inlines this; as immutable it could not. What was promised stands. While the guards are on they have written it; but a zone that lies farther from the day in the
-- row than any does, -120 for one, was none. After a time without guards it stands as far as the row still says the same.
create function peer_exchange.is_promised(
  p_occupied_during tstzrange, p_session_date date, p_start timestamptz, p_duration_minutes integer, p_are_guarded boolean)
returns boolean
language sql stable parallel safe
as $$
  select case when p_are_guarded
              then p_session_date between (lower(p_occupied_during) at time zone 'UTC')::date - 1
                                     and (lower(p_occupied_during) at time zone 'UTC')::date + 1
              else p_occupied_during = tstzrange(p_start, p_start + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.is_promised(tstzrange, date, timestamptz, integer, boolean) is
  'Whether the time that a session has is the one that was promised, so that it is not derived anew.';

-- The statement says itself what a session takes of the columns that are there: so all are computed at once, and each
-- practitioner's time zone is looked up once.
create function peer_exchange.due_times(p_were_guarded boolean) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(
    $due$public.client_sessions as session
         left join %6$s as published on published.user_id = session.therapist_id
        cross join lateral (
              select case
                       when peer_exchange.is_time_zone(%4$s)
                            -- What was written anew without guards is on today's clock.
                            and (%1$L or %3$s is null
                                 or lower(%3$s) = peer_exchange.written_start(session.session_date, session.start_time)
                                                  at time zone %4$s)
                       then %4$s
                       when session.therapist_id is not null then coalesce(published.timezone, %7$L)
                     end as name
              offset 0) as zone
        cross join lateral (
              select case
                       when not peer_exchange.is_active_status(session.status::text, %5$s) then null
                       -- A hold that has run out since is released by whoever needs its time.
                       when peer_exchange.is_expired_hold(session.status::text, %5$s)
                       then case when %1$L and %2$L then %3$s end
                       when peer_exchange.is_promised(
                              %3$s, session.session_date,
                              peer_exchange.written_start(session.session_date, session.start_time) at time zone zone.name,
                              peer_exchange.whole_minutes(session.duration_minutes), %1$L)
                       then %3$s
                       when session.therapist_id is not null
                       then peer_exchange.occupied_during(
                              session.status::text, session.session_date, session.start_time,
                              peer_exchange.whole_minutes(session.duration_minutes), zone.name, %5$s)
                     end as period
              offset 0) as due$due$,
    p_were_guarded,
    peer_exchange.definition_of('constraint', sessions.id, 'client_sessions_no_overlap') is not null,
    peer_exchange.column_or_null(sessions.id, 'occupied_during', 'tstzrange'),
    peer_exchange.column_or_null(sessions.id, 'occupied_timezone', 'text'),
    peer_exchange.column_or_null(sessions.id, 'expires_at', 'timestamptz'),
    peer_exchange.published_zones(), peer_exchange.default_time_zone())
    from (select peer_exchange.host_table('client_sessions')) as sessions (id)
$$;

comment on function peer_exchange.due_times(boolean) is
  'The SQL of sessions, guarded so far or not, with the time that each takes (due.period) and the time zone in which that is promised (zone.name).';

-- Of those that are active or have a time.
create function peer_exchange.timed_sessions() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(
    $times$(select session.id, session.therapist_id, due.period as due,
                   (%1$s, %2$s) is distinct from (due.period, zone.name) as is_stale,
                   due.period is null and session.therapist_id is not null
                     and peer_exchange.is_active_status(session.status::text, %3$s)
                     and not peer_exchange.is_expired_hold(session.status::text, %3$s) as lacks_time
              from %4$s
             where peer_exchange.is_active_status(session.status::text, %3$s) or %1$s is not null)$times$,
    peer_exchange.column_or_null(sessions.id, 'occupied_during', 'tstzrange'),
    peer_exchange.column_or_null(sessions.id, 'occupied_timezone', 'text'),
    peer_exchange.column_or_null(sessions.id, 'expires_at', 'timestamptz'),
    peer_exchange.due_times(peer_exchange.are_sessions_guarded()))
    from (select peer_exchange.host_table('client_sessions')) as sessions (id)
$$;

comment on function peer_exchange.timed_sessions() is
  'The SQL of what time sessions take (due), whether their rows say something else (is_stale), and whether it can''t be told (lacks_time).';

-- One pass in order: whoever begins before the latest end so far overlaps the session that ends then.
create function peer_exchange.overlapping_sessions() returns table (session_id uuid, overlapped_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  session         record;
  practitioner_id uuid;
  latest_id       uuid;
  latest_end      timestamptz;
begin
  for session in execute format(
    'select id, therapist_id as practitioner_id, lower(due) as starts_at, upper(due) as ends_at from %s as times
      where due is not null order by therapist_id, lower(due), id', peer_exchange.timed_sessions())
  loop
    if session.practitioner_id = practitioner_id and session.starts_at < latest_end then
      session_id := session.id;
      overlapped_id := latest_id;
      return next;
      continue when session.ends_at <= latest_end;
    end if;
    practitioner_id := session.practitioner_id;
    latest_id := session.id;
    latest_end := session.ends_at;
  end loop;
end $$;

comment on function peer_exchange.overlapping_sessions() is
  'Active sessions that overlap an earlier one of the same practitioner, with that one.';

-- Triggers and rules that fire even for what is written unnoticed, as ALTER TABLE switches them.
create function peer_exchange.persistent_triggers() returns table (switched_off text, switched_on text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('alter table public.client_sessions disable %s %I', fired.kind, fired.name),
         format('alter table public.client_sessions enable %s %s %I',
                case fired.state when 'A' then 'always' else 'replica' end, fired.kind, fired.name)
    from (select 'trigger', tgname, tgenabled from pg_trigger
           where tgrelid = peer_exchange.host_table('client_sessions') and not tgisinternal
          union all
          select 'rule', rulename, ev_enabled from pg_rewrite
           where ev_class = peer_exchange.host_table('client_sessions')) as fired (kind, name, state)
   where fired.state in ('A', 'R')
$$;

comment on function peer_exchange.persistent_triggers() is
  'Triggers and rules of sessions that fire always or for replicas, with what switches them off and on again.';

-- Of the blocks of the table from p_from on and before p_before, so that it can be done by and by. Sessions that
-- somebody is writing right now are left out, and so are those that have changed since they were found: where they are now,
-- the statement does not see them.
create function peer_exchange.refresh_occupancy_by_owner(p_from bigint, p_before bigint, p_were_guarded boolean)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  persistent text[] := array(select array[fires.switched_off, fires.switched_on] from peer_exchange.persistent_triggers() as fires);
  statement  text;
  refreshed  bigint;
begin
  foreach statement in array persistent[:][1:1] loop
    execute statement;
  end loop;
  execute format(
    $refresh$with stale as materialized (
               select session.ctid, due.period as due, zone.name as timezone
                 from %1$s
                where session.ctid >= format('(%%s,0)', $1)::tid and session.ctid < format('(%%s,0)', $2)::tid
                  and (peer_exchange.is_active_status(session.status::text, session.expires_at) or session.occupied_during is not null)
                  and (session.occupied_during, session.occupied_timezone) is distinct from (due.period, zone.name)
                  for no key update of session skip locked)
             update public.client_sessions as session
                set occupied_during = stale.due, occupied_timezone = stale.timezone
               from stale
              where session.ctid = stale.ctid$refresh$,
    peer_exchange.due_times(p_were_guarded))
    using p_from, p_before;
  get diagnostics refreshed = row_count;
  foreach statement in array persistent[:][2:2] loop
    execute statement;
  end loop;
  return refreshed;
end $$;

comment on function peer_exchange.refresh_occupancy_by_owner(bigint, bigint, boolean) is
  'What peer_exchange.refresh_occupancy does, as the owner of the tables.';

create function peer_exchange.refresh_occupancy(
  p_from bigint default 0, p_before bigint default 4294967295,
  p_were_guarded boolean default peer_exchange.are_sessions_guarded())
returns bigint
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner_unnoticed';

comment on function peer_exchange.refresh_occupancy(bigint, bigint, boolean) is
  'Called by setup(): brings occupied_during and occupied_timezone in line with the sessions in some blocks of the table, by which no trigger of the application fires, and returns how many that were.';

create function peer_exchange.setup_session_time() returns setof peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step       peer_exchange.setup_step := peer_exchange.step_towards(peer_exchange.wanted_no_overlap());
  stale      bigint := 0;
  timeless   bigint := 0;
  conflicts  bigint := 0;
begin
  if peer_exchange.host_table('client_sessions') is not null then
    execute format('select count(*) filter (where is_stale), count(*) filter (where lacks_time) from %s as times',
                   peer_exchange.timed_sessions())
       into stale, timeless;
  end if;
  if timeless > 0 then
    return query execute format(
      $timeless$select format('session %%s', id), 'conflict',
                       'it is active and takes no time, since its date, start or duration is missing or out of range; '
                       || 'mend them or its status and run setup() again', null
                  from %s as times where lacks_time order by id$timeless$, peer_exchange.timed_sessions());
  end if;
  -- What the constraint has kept apart so far does not overlap.
  if stale > 0 or (step.action <> 'unchanged' and peer_exchange.host_table('client_sessions') is not null) then
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
                 peer_exchange.removal_of(peer_exchange.wanted_no_overlap()))::peer_exchange.setup_step;
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
