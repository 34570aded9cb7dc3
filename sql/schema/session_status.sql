-- What a status says of a session: the one place in SQL. crates/rules/src/status.rs says for the RPCs what each lets
-- one do. Postgres inlines these functions, so that a condition is planned as if it listed the statuses itself.

create function peer_exchange.is_planned_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed')
$$;

comment on function peer_exchange.is_planned_status(text) is
  'Whether a session of this status is going to take place.';

create function peer_exchange.is_pending_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_pending_status(text) is
  'Whether a session of this status waits for something before it is going to take place.';

create function peer_exchange.is_over_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('completed', 'no_show', 'disputed')
$$;

comment on function peer_exchange.is_over_status(text) is
  'Whether a session of this status has had its time.';

create function peer_exchange.is_open_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment', 'pending_approval')
$$;

comment on function peer_exchange.is_open_status(text) is
  'Whether a session of this status is neither over nor given up.';

create function peer_exchange.is_active_status(p_status text, p_expires_at timestamptz) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'pending_payment')
      or (p_status = 'pending_approval' and p_expires_at is not null)
$$;

comment on function peer_exchange.is_active_status(text, timestamptz) is
  'Whether a session of this status takes its time of both parties; what waits for approval does so where it says until when.';

create function peer_exchange.is_agreed_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('scheduled', 'confirmed', 'in_progress', 'completed', 'no_show', 'disputed')
$$;

comment on function peer_exchange.is_agreed_status(text) is
  'Whether a session of this status takes place, took place or should have.';

create function peer_exchange.is_final_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('completed', 'no_show', 'disputed', 'cancelled', 'declined', 'expired')
$$;

comment on function peer_exchange.is_final_status(text) is
  'Whether a session of this status is over or given up.';

create function peer_exchange.is_given_up_status(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('cancelled', 'declined', 'expired')
$$;

comment on function peer_exchange.is_given_up_status(text) is
  'Whether a session of this status is not going to take place, so that what was paid for it goes back.';

create function peer_exchange.is_expired_hold(p_status text, p_expires_at timestamptz) returns boolean
language sql stable parallel safe
as $$
  select peer_exchange.is_pending_status(p_status) and coalesce(p_expires_at <= now(), false)
$$;

comment on function peer_exchange.is_expired_hold(text, timestamptz) is
  'Whether a session has waited for its payment or its approval for too long to keep its slot.';

create function peer_exchange.awaits_decision(p_status text, p_reported_at timestamptz, p_settled_at timestamptz)
returns boolean
language sql immutable parallel safe
as $$
  select p_settled_at is null and (p_status = 'disputed' or (p_status = 'no_show' and p_reported_at is not null))
$$;

comment on function peer_exchange.awaits_decision(text, timestamptz, timestamptz) is
  'Whether somebody is yet to decide who gets the credits of a session: its client has reported a no-show, or it is disputed.';

-- Also where its slot went to somebody else meanwhile.
create function peer_exchange.is_expired_request(p_status text, p_requested_at timestamptz, p_expires_at timestamptz)
returns boolean
language sql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select p_requested_at is not null
     and (p_status = 'expired' or p_status = 'pending_approval' and coalesce(p_expires_at <= now(), false))
$$;

comment on function peer_exchange.is_expired_request(text, timestamptz, timestamptz) is
  'Whether a session was asked for and its practitioner did not answer in time.';

-- One that has expired holds them until its client wants them, or a job comes by.
create function peer_exchange.may_hold_credits(p_status text) returns boolean
language sql immutable parallel safe
as $$
  select p_status in ('pending_approval', 'scheduled', 'confirmed', 'in_progress', 'no_show', 'disputed', 'expired')
$$;

comment on function peer_exchange.may_hold_credits(text) is
  'Whether credits may be held for a session of this status: it is a request, or is not settled yet.';
