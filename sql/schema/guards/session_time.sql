-- Keeps occupied_during and the time zone in which it was promised in line with a session, and a session written directly
-- apart from others.
--
-- The exclusion constraint keeps the sessions that one person gives apart. That nobody gives and
-- receives, or receives twice, at the same time no index can state; so it is asked here, under the
-- lock on both people that a booking takes as well; and of what is there by now, where the transaction sees an older
-- moment throughout. A statement locks each of its people once.
-- It is derived from the row as it will be stored, after the application's own triggers; where one of those fires still
-- later, the check after the row is stored has the last word.

-- On tables of ours what could be no instant is never stored. On those of an application no person makes a peer session of
-- it; what else the application does with its rows is its own business, and takes nobody's time.
create function peer_exchange.refuse_timeless(
  p_status text, p_expires_at timestamptz, p_session_date date, p_start_time time, p_is_peer_booking boolean,
  p_is_moved boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_is_moved and peer_exchange.is_made_by_setup('client_sessions'))
     or (p_is_peer_booking
         and (peer_exchange.is_active_status(p_status, p_expires_at) or (p_session_date is not null and p_start_time is not null))
         and peer_exchange.is_called_by_person())
  then
    raise check_violation using
      message = 'a session needs a day between the years 1 and 9999, and a start';
  end if;
end $$;

comment on function peer_exchange.refuse_timeless(text, timestamptz, date, time, boolean, boolean) is
  'Raises 23514 where a session that is written directly says no time that a clock could show, and must.';

create function peer_exchange.keep_session_time_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
-- By index, and planned once: for why, see keep_apart().
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  is_moved   boolean := tg_op = 'INSERT'
                        or (new.session_date, new.start_time) is distinct from (old.session_date, old.start_time);
  zone       text    := case when not is_moved then old.occupied_timezone end;
  due        tstzrange;
  are_locked boolean;
begin
  if new.therapist_id is not null then
    -- Who takes a session over promises it anew. What she has published is asked once: she may publish another zone while a
    -- session waits for her to be free.
    if tg_when = 'AFTER' then
      zone := new.occupied_timezone;
    elsif new.therapist_id is distinct from old.therapist_id or not peer_exchange.is_time_zone(zone) then
      zone := peer_exchange.time_zone_to_promise(new.therapist_id);
    end if;
    due := peer_exchange.occupied_during(new.status::text, new.session_date, new.start_time,
             peer_exchange.whole_minutes(new.duration_minutes), zone, new.expires_at);
    -- A practitioner who changes her time zone later moves no session.
    if due is not null and old.occupied_during is not null and not is_moved
       and new.therapist_id is not distinct from old.therapist_id
    then
      due := case when new.duration_minutes is not distinct from old.duration_minutes then old.occupied_during
                  else tstzrange(lower(old.occupied_during), lower(old.occupied_during)
                                 + make_interval(mins => peer_exchange.whole_minutes(new.duration_minutes))) end;
    end if;
  end if;
  if tg_when = 'AFTER' then
    if (new.occupied_during, new.occupied_timezone) is distinct from (due, zone) then
      raise triggered_data_change_violation using
        message = 'a session was changed after the time that it takes had been derived',
        hint    = 'A trigger of the application fires after ours: give it a name that sorts before zzzz_peer_exchange.';
    end if;
    return null;
  end if;
  if (is_moved or new.status is distinct from old.status)
     and peer_exchange.written_start(new.session_date, new.start_time) is null
  then
    perform peer_exchange.refuse_timeless(new.status::text, new.expires_at, new.session_date, new.start_time,
                                          coalesce(new.is_peer_booking, false), is_moved);
  end if;
  -- Of a session that is older than its guards nothing is asked before somebody moves it.
  if due is not null
     and (new.status, new.therapist_id, new.client_id, new.session_date, new.start_time, new.duration_minutes, new.expires_at)
         is distinct from
         (old.status, old.therapist_id, old.client_id, old.session_date, old.start_time, old.duration_minutes, old.expires_at)
     and (tg_op = 'INSERT'
          or due is distinct from old.occupied_during
          or new.therapist_id is distinct from old.therapist_id
          -- A party that vanishes with the person is in nobody's way.
          or (new.client_id is distinct from old.client_id and new.client_id is not null))
  then
    are_locked := peer_exchange.lock_written_parties(new.therapist_id, new.client_id);
    -- Of many rows most meet nobody, which is known from what this statement has looked up, or asked here: a call would take as
    -- long as the answer.
    if peer_exchange.are_known_to_be_free(new.therapist_id, new.client_id, lower(due), upper(due)) then
      null;
    elsif exists (select from peer_exchange.in_the_way(new.id, new.therapist_id, new.client_id,
                                                    coalesce(new.is_peer_booking, false), due))
       or current_setting('transaction_isolation') in ('repeatable read', 'serializable')
    then
      perform peer_exchange.keep_apart(new.id, new.therapist_id, new.client_id,
                                       coalesce(new.is_peer_booking, false), due);
    end if;
  end if;
  new.occupied_during   := due;
  new.occupied_timezone := zone;
  return new;
end $$;

comment on function peer_exchange.keep_session_time_by_owner() is
  'What peer_exchange.keep_session_time does, as the owner of the tables.';

create function peer_exchange.keep_session_time() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.keep_session_time() is
  'Trigger: before a row is stored it derives occupied_during and occupied_timezone and refuses a session that overlaps another of its parties; afterwards it checks that the row still says so.';

-- Whom an ordinary client sees besides is the application's business.
create function peer_exchange.in_the_way(
  p_session_id uuid, p_practitioner_id uuid, p_client_id uuid, p_is_peer_booking boolean, p_due tstzrange)
returns table (session_id uuid, is_expired_hold boolean)
language sql stable
as $$
  select engagement.session_id, engagement.is_expired_hold
    from (values (p_practitioner_id), (p_client_id)) as party (id)
   cross join lateral peer_exchange.engagements_of(party.id, p_due, p_is_peer_booking, p_practitioner_id) as engagement
   where engagement.session_id <> p_session_id
$$;

comment on function peer_exchange.in_the_way(uuid, uuid, uuid, boolean, tstzrange) is
  'What the two have at a time besides a session, as far as it must not overlap that; expired holds among it.';

create function peer_exchange.keep_apart(
  p_session_id uuid, p_practitioner_id uuid, p_client_id uuid, p_is_peer_booking boolean, p_due tstzrange)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
-- By index, whatever the table was like when this was planned: whoever copies many sessions begins with few.
set enable_seqscan = off
-- Planned once: for one time, Postgres would take every plan of its own for cheaper, and plan longer than it looks.
set plan_cache_mode = force_generic_plan
as $$
declare
  other_id      uuid;
  expired_holds uuid[];
begin
  -- Once more where holds have expired, which makes room.
  for attempt in 1..2 loop
    select (array_agg(other.session_id))[1],
           array_agg(other.session_id) filter (where other.is_expired_hold)
      into other_id, expired_holds
      from peer_exchange.in_the_way(p_session_id, p_practitioner_id, p_client_id, p_is_peer_booking, p_due) as other;
    exit when expired_holds is null;
    perform peer_exchange.release_expired_holds(expired_holds);
  end loop;
  if other_id is not null then
    raise exclusion_violation using
      message    = 'the session overlaps another session of the practitioner or the client',
      detail     = format('Session %s takes place at that time.', other_id),
      schema     = 'public',
      table      = 'client_sessions',
      constraint = 'client_sessions_no_overlap';
  end if;
  if current_setting('transaction_isolation') in ('repeatable read', 'serializable') then
    perform peer_exchange.require_nobody_unseen(p_session_id, p_practitioner_id, p_client_id, p_is_peer_booking, p_due);
  end if;
end $$;

comment on function peer_exchange.keep_apart(uuid, uuid, uuid, boolean, tstzrange) is
  'Raises 23P01 where a session written directly would overlap another one of its parties, 40001 where one that the transaction does not see. The parties are locked.';
