-- What is in a person's calendar at a time: the one place that says so, for bookings, moves, quotes, slots and
-- searches. Postgres inlines these functions, so that each statement is planned as if it said it itself.

-- The bodies name tables that setup() may still have to make.
select pg_catalog.set_config('check_function_bodies', 'off', true);

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

-- A session that a person receives is looked for by its day: it begins within a week before the period, since
-- no peer session lasts longer, and the date on its practitioner's calendar is another one than that of UTC by a
-- day at most.
create function peer_exchange.engagements_of(p_person_id uuid, p_during tstzrange)
returns table (session_id uuid, practitioner_id uuid, client_id uuid, starts_at timestamptz, ends_at timestamptz,
               is_expired_hold boolean)
language sql stable
as $$
  select given.id, given.therapist_id, given.client_id, lower(given.occupied_during), upper(given.occupied_during),
         given.status::text = 'pending_payment' and coalesce(given.expires_at <= now(), false)
    from public.client_sessions as given
   where given.therapist_id = p_person_id
     and given.occupied_during && p_during
  union all
  select received.id, received.therapist_id, received.client_id,
         lower(received.occupied_during), upper(received.occupied_during),
         received.status::text = 'pending_payment' and coalesce(received.expires_at <= now(), false)
    from public.client_sessions as received
   where received.client_id = p_person_id
     and received.session_date >= (lower(p_during) at time zone 'UTC')::date - 8
     and received.session_date <= (upper(p_during) at time zone 'UTC')::date + 1
     and received.occupied_during && p_during
     and received.therapist_id is distinct from p_person_id
$$;

comment on function peer_exchange.engagements_of(uuid, tstzrange) is
  'Active sessions of a person that touch a period, given and received; expired holds among them.';

select pg_catalog.set_config('check_function_bodies', 'on', true);
