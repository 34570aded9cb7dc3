-- When a person works and what is in her calendar at a time: the one place that says so, for bookings, moves, quotes,
-- slots and searches. Postgres inlines these functions, so that each statement is planned as if it said it itself.

-- The bodies name tables that setup() may still have to make.
select pg_catalog.set_config('check_function_bodies', 'off', true);

create function peer_exchange.time_zone_or_default(p_timezone text) returns text
language sql stable parallel safe
as $$
  select case when peer_exchange.is_time_zone(btrim(p_timezone)) then btrim(p_timezone)
              else peer_exchange.default_time_zone() end
$$;

comment on function peer_exchange.time_zone_or_default(text) is
  'A time zone, or, where Postgres lists none of that name, the setting peer_exchange.timezone.';

create function peer_exchange.hours_of(p_person_id uuid)
returns table (timezone text, working_hours text)
language sql stable
as $$
  select peer_exchange.time_zone_or_default(published.timezone::text), published.working_hours::text
    from (select) as always
    left join public.practitioner_availability as published on published.user_id = p_person_id
   limit 1
$$;

comment on function peer_exchange.hours_of(uuid) is
  'The time zone of a person''s wall clock and her published hours, NULL where she has published none; one row for everybody.';

create function peer_exchange.published_time_zone_of(p_person_id uuid) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select btrim(published.timezone::text)
    from public.practitioner_availability as published
   where published.user_id = p_person_id
     and peer_exchange.is_time_zone(btrim(published.timezone::text))
   limit 1
$$;

comment on function peer_exchange.published_time_zone_of(uuid) is
  'The time zone that a person has published; NULL where she has published none, or none that Postgres lists.';

create function peer_exchange.blocks_of(p_person_id uuid, p_during tstzrange)
returns table (starts_at timestamptz, ends_at timestamptz)
language sql stable
as $$
  select event.start_time::timestamptz, event.end_time::timestamptz
    from public.calendar_events as event
   where event.user_id = p_person_id
     and event.start_time < upper(p_during)
     and event.end_time > lower(p_during)
     and event.status::text = 'confirmed'
     and event.event_type::text in ('block', 'unavailable')
$$;

comment on function peer_exchange.blocks_of(uuid, tstzrange) is
  'Confirmed blocks of a person that touch a period.';

-- A session that a person receives is looked for by its day: it begins within a week before the period, and the date
-- on its practitioner's calendar is another one than that of UTC by a day at most. No peer session lasts longer; other
-- ones of an application's that do have an index to themselves.
create function peer_exchange.engagements_of(
  p_person_id uuid, p_during tstzrange, p_is_peer_booking boolean, p_practitioner_id uuid)
returns table (session_id uuid, practitioner_id uuid, client_id uuid, starts_at timestamptz, ends_at timestamptz,
               is_expired_hold boolean)
language sql stable
as $$
  select given.id, given.therapist_id, given.client_id, lower(given.occupied_during), upper(given.occupied_during),
         peer_exchange.is_expired_hold(given.status::text, given.expires_at)
    from public.client_sessions as given
   where given.therapist_id = p_person_id
     and given.occupied_during && p_during
     and (p_is_peer_booking or given.is_peer_booking or given.therapist_id = p_practitioner_id)
  union all
  select received.id, received.therapist_id, received.client_id,
         lower(received.occupied_during), upper(received.occupied_during),
         peer_exchange.is_expired_hold(received.status::text, received.expires_at)
    from public.client_sessions as received
   where received.client_id = p_person_id
     and received.session_date >= (lower(p_during) at time zone 'UTC')::date - 8
     and received.session_date <= (upper(p_during) at time zone 'UTC')::date + 1
     -- Overlaps, but not by the index of those that are given: of an empty table one is as good as the other.
     and not isempty(received.occupied_during * p_during)
     and received.therapist_id is distinct from p_person_id
     and (p_is_peer_booking or received.is_peer_booking or received.therapist_id = p_practitioner_id)
  union all
  select long.id, long.therapist_id, long.client_id, lower(long.occupied_during), upper(long.occupied_during),
         peer_exchange.is_expired_hold(long.status::text, long.expires_at)
    from public.client_sessions as long
   where long.client_id = p_person_id
     and long.duration_minutes > 10080
     and long.occupied_during is not null
     -- Not those that are found by their day, and not by the index that these are found by.
     and coalesce(long.session_date < (lower(p_during) at time zone 'UTC')::date - 8, true)
     and not isempty(long.occupied_during * p_during)
     and long.therapist_id is distinct from p_person_id
     and (p_is_peer_booking or long.is_peer_booking or long.therapist_id = p_practitioner_id)
$$;

comment on function peer_exchange.engagements_of(uuid, tstzrange, boolean, uuid) is
  'Active sessions of a person that touch a period, given and received, as far as a peer booking, or another session of this practitioner, must not overlap them; expired holds among them.';

-- Named by a setting, so asked by a statement that is put together. On the search_path of whoever asks, which the
-- library has set to that of the owner of the tables.
create function peer_exchange.busy_times_of(p_person_id uuid, p_during tstzrange) returns timestamptz[]
language plpgsql stable
as $$
declare
  times timestamptz[];
  asked text := (select format('%I.%I', space.nspname, routine.proname)
                   from pg_catalog.pg_proc as routine
                   join pg_catalog.pg_namespace as space on space.oid = routine.pronamespace
                  where routine.oid = to_regprocedure(peer_exchange.busy_function() || '(uuid, tstzrange)'));
begin
  if asked is null then
    raise object_not_in_prerequisite_state using
      message = format('peer_exchange.busy_function names no function %s(uuid, tstzrange)', peer_exchange.busy_function());
  end if;
  if p_person_id is null or p_during is null then
    return null;
  end if;
  execute
    format('select array_agg(array[coalesce(lower(busy.during), timestamptz ''-infinity''),
                                   coalesce(upper(busy.during), timestamptz ''infinity'')])
              from %s($1, $2) as busy (during) where busy.during && $2', asked)
    into times
    using p_person_id, p_during;
  return times;
end $$;

comment on function peer_exchange.busy_times_of(uuid, tstzrange) is
  'Times at which a person is taken besides, as the function of the setting busy_function says: starts and ends by turns, NULL for none.';

create function peer_exchange.agenda_of(
  p_person_id uuid, p_client_id uuid, p_starts_at timestamptz, p_ends_at timestamptz, p_buffer_minutes integer,
  p_but_for uuid)
returns table (block_times timestamptz[], busy_times timestamptz[], client_busy_times timestamptz[],
               engagement_ids uuid[], engagement_times timestamptz[], are_expired_holds boolean[])
language sql stable
as $$
  select block.times,
         -- Not even called where nothing is to be asked.
         case when peer_exchange.busy_function() <> '' then peer_exchange.busy_times_of(p_person_id, period.slot) end,
         case when peer_exchange.busy_function() <> '' then peer_exchange.busy_times_of(p_client_id, period.slot) end,
         engagement.ids, engagement.times, engagement.are_expired_holds
    from (select case when p_starts_at is not null then tstzrange(p_starts_at, p_ends_at) end as slot,
                 case when p_starts_at is not null
                      then tstzrange(p_starts_at - make_interval(mins => p_buffer_minutes),
                                     p_ends_at + make_interval(mins => p_buffer_minutes)) end as with_buffer
          -- Computed once, not for every row that is compared with it.
          offset 0) as period
   cross join lateral (
         select array_agg(array[found.starts_at, found.ends_at]) as times
           from peer_exchange.blocks_of(p_person_id, period.slot) as found) as block
   cross join lateral (
         select array_agg(array[found.session_id, found.practitioner_id, found.client_id]) as ids,
                array_agg(array[found.starts_at, found.ends_at])                           as times,
                array_agg(found.is_expired_hold)                                           as are_expired_holds
           from (values (p_client_id), (p_person_id)) as party (id)
          cross join lateral peer_exchange.engagements_of(party.id, period.with_buffer, true, null) as found
          where found.session_id is distinct from p_but_for) as engagement
$$;

comment on function peer_exchange.agenda_of(uuid, uuid, timestamptz, timestamptz, integer, uuid) is
  'What is near a time: the blocks of a person that touch it, other times at which she or a client is taken, and the sessions but p_but_for that she or a client has within so many minutes of it. Starts and ends stand by turns; the ids of a session, its practitioner and its client by threes. NULL where there is none, and nothing where p_starts_at is NULL.';

select pg_catalog.set_config('check_function_bodies', 'on', true);
