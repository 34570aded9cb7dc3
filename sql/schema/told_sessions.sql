-- Notifications on their way out, and the sessions that they tell of: a reminder has to hold when it is handed out, and
-- one recipient hears of one session in the order in which things happened. What writes has the search_path of the owner, so
-- that triggers of the application find what they name.

-- Json keeps what nobody can read; jsonb has no such value.
create function peer_exchange.readable_payload(p_payload json) returns jsonb
language sql immutable
as $$
  select peer_exchange.readable_json(p_payload::text)
$$;

comment on function peer_exchange.readable_payload(json) is
  'What can be read of a payload of type json.';

create function peer_exchange.readable_payload(p_payload jsonb) returns jsonb
language sql immutable
as $$
  select p_payload
$$;

comment on function peer_exchange.readable_payload(jsonb) is
  'A payload of type jsonb, all of which can be read.';

create function peer_exchange.session_told_of(p_type text, p_payload jsonb) returns uuid
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when starts_with(p_type, 'peer_')
                   and p_payload ->> 'session_id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
              then (p_payload ->> 'session_id')::uuid end
$$;

comment on function peer_exchange.session_told_of(text, jsonb) is
  'The session that a notification of the extension tells of; NULL where it tells of none, or is the application''s own.';

-- Whether a reminder names the time at which the session begins.
create function peer_exchange.is_start_told_of(
  p_payload jsonb, p_starts_at timestamptz, p_session_date date, p_start_time time)
returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_payload ->> 'starts_at' is not null
              then left(p_payload ->> 'starts_at', 19) = to_char(p_starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
              else format('%s %s', p_payload ->> 'session_date', p_payload ->> 'start_time')
                   = to_char(p_session_date + p_start_time, 'YYYY-MM-DD HH24:MI')
         end
$$;

comment on function peer_exchange.is_start_told_of(jsonb, timestamptz, date, time) is
  'Whether a payload names this start of a session.';

create function peer_exchange.reminder_obstacle(p_session_id uuid, p_payload jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  session record;
begin
  select told.status::text as status, lower(told.occupied_during) as starts_at, told.session_date, told.start_time
    into session
    from public.client_sessions as told
   where told.id = p_session_id;
  return case
    when not found                                                     then 'session gone'
    when session.starts_at <= now() or session.status = 'in_progress'
         or peer_exchange.is_over_status(session.status)               then 'session begun'
    when session.starts_at is null
         or not peer_exchange.is_planned_status(session.status)        then 'session cancelled'
    when not peer_exchange.is_start_told_of(p_payload, session.starts_at, session.session_date, session.start_time)
                                                                       then 'session moved'
  end;
end $$;

comment on function peer_exchange.reminder_obstacle(uuid, jsonb) is
  'Why a reminder of a session holds no longer: gone, begun, cancelled or moved; NULL while it does.';

create function peer_exchange.request_reminder_obstacle(p_session_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return case when not exists (select from public.client_sessions as told
                                where told.id = p_session_id
                                  and told.status::text = 'pending_approval'
                                  and told.expires_at > now())
              then 'request over' end;
end $$;

comment on function peer_exchange.request_reminder_obstacle(uuid) is
  'Why a reminder to answer a request holds no longer: it was answered, withdrawn, or has expired; NULL while it waits.';

-- A booking is told of by several notifications at once, in no order.
create function peer_exchange.is_of_booking(p_type text) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_type in ('peer_booking_confirmed_client', 'peer_credits_deducted',
                    'peer_booking_confirmed_practitioner', 'peer_credits_earned')
$$;

comment on function peer_exchange.is_of_booking(text) is 'Whether a notification of this type tells that a session was booked.';

-- Which of these notifications come later than another one of the same session to the same recipient that is not done
-- with: delivered, closed or given up. Ids of ours are made in the order of events, which the lock on the session keeps.
create function peer_exchange.later_notifications(p_ids uuid[])
returns table (notification_id uuid, earlier_id uuid)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with pending as materialized (
    select waiting.id, waiting.recipient_id, peer_exchange.is_of_booking(waiting.type::text) as is_of_booking,
           peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) as session_id
      from public.notifications as waiting
     where waiting.recipient_id = any (array(select asked.recipient_id from public.notifications as asked
                                              where asked.id = any (p_ids)))
       and waiting.delivery_due_at is not null
       and starts_with(waiting.type::text, 'peer_')
       -- Whoever joins these need not compare those of no session with one another.
       and peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) is not null
  )
  select distinct on (later.id) later.id, earlier.id
    from pending as later
    join pending as earlier on earlier.recipient_id = later.recipient_id and earlier.session_id = later.session_id
   where later.id = any (p_ids)
     and earlier.id < later.id
     and not (earlier.is_of_booking and later.is_of_booking)
   order by later.id, earlier.id desc;
end $$;

comment on function peer_exchange.later_notifications(uuid[]) is
  'Those of these notifications that wait for an earlier one of the same session and recipient, each with the one before it.';

-- Out of the way of what can be handed out: to be looked at again when a lease would be over, or as soon as the earlier one
-- is done with. Not where that one is in somebody's hands right now, who may be done with it at any moment.
create function peer_exchange.postpone_later_notifications(p_ids uuid[], p_until timestamptz) returns uuid[]
language plpgsql
as $$
#variable_conflict use_variable
declare
  later_ids   uuid[];
  earlier_ids uuid[];
  held_ids    uuid[];
  held_until  timestamptz[];
  postponed   uuid[];
begin
  select array_agg(later.notification_id), array_agg(later.earlier_id)
    into later_ids, earlier_ids
    from peer_exchange.later_notifications(p_ids) as later;
  if later_ids is null then
    return '{}';
  end if;
  -- In a statement of its own: one that waits itself and was changed by the same would be passed over as locked.
  select array_agg(earlier.id), array_agg(earlier.delivery_due_at)
    into held_ids, held_until
    from (select held.id, held.delivery_due_at
            from public.notifications as held
           where held.id = any (earlier_ids)
           order by held.id
             for share skip locked) as earlier;
  with waiting as (
    update public.notifications as notification
       set delivery_due_at = greatest(earlier.delivery_due_at, p_until)
      from unnest(later_ids, earlier_ids) as pair (later_id, earlier_id)
      join unnest(held_ids, held_until) as earlier (id, delivery_due_at) on earlier.id = pair.earlier_id
     where notification.id = pair.later_id
    returning notification.id
  )
  select array_agg(waiting.id) into postponed from waiting;
  return array(select unnest(later_ids) except select unnest(postponed));
end $$;

comment on function peer_exchange.postpone_later_notifications(uuid[], timestamptz) is
  'Has those of these notifications wait that come later than another one; returns those that it leaves as they are, to be passed over.';

-- Those that waited for these: they have never been handed out.
create function peer_exchange.release_later_notifications(p_ids uuid[]) returns void
language plpgsql
as $$
begin
  -- What waits is read once for each recipient, however many are done with.
  with done as materialized (
    select done.recipient_id, told.session_id, min(done.id::text)::uuid as id
      from public.notifications as done
     cross join lateral peer_exchange.session_told_of(done.type::text, peer_exchange.readable_payload(done.payload))
             as told (session_id)
     where done.id = any (p_ids)
       and told.session_id is not null
     group by done.recipient_id, told.session_id
  ), waiting as materialized (
    select waiting.id, waiting.recipient_id,
           peer_exchange.session_told_of(waiting.type::text, peer_exchange.readable_payload(waiting.payload)) as session_id
      from public.notifications as waiting
     where waiting.recipient_id = any (array(select done.recipient_id from done))
       and waiting.delivery_due_at > now()
       and coalesce(waiting.delivery_attempts, 0) = 0
  )
  update public.notifications as notification
     set delivery_due_at = now()
   where notification.id in (
           select later.id
             from waiting
             join done using (recipient_id, session_id)
             join public.notifications as later on later.id = waiting.id
            where waiting.id > done.id
            order by later.id
              for no key update of later skip locked);
end $$;

comment on function peer_exchange.release_later_notifications(uuid[]) is
  'Has those notifications handed out again that waited for these.';
