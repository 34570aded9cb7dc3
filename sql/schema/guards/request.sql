-- A request is answered by its practitioner, also where somebody sets its status directly, as older clients do. Who may
-- and what it becomes is said before the row is stored; the credits move after the statement.

create function peer_exchange.refuse_answer_by_person(
  p_wanted text, p_practitioner_id uuid, p_expires_at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- To cancel is to withdraw or to decline; that it is one of the two who does so is asked with its terms.
  if p_wanted = 'cancelled' then
    return;
  end if;
  if not (peer_exchange.is_planned_status(p_wanted) or p_wanted = 'declined') then
    raise check_violation using
      message = format('a request can''t become %s', p_wanted),
      hint    = 'accept_peer_booking() accepts it, process_peer_booking_refund() declines or withdraws it.';
  end if;
  perform peer_exchange.require_may_act_for(p_practitioner_id);
  if peer_exchange.is_planned_status(p_wanted) and coalesce(p_expires_at <= now(), true) then
    raise check_violation using message = 'the request has expired';
  end if;
end $$;

comment on function peer_exchange.refuse_answer_by_person(text, uuid, timestamptz) is
  'Raises 42501 or 23514 where a person may not change the status of a request so.';

-- The application may have one take place that has expired, as long as nobody has set its credits free.
create function peer_exchange.is_acceptance(
  p_former text, p_wanted text, p_requested_at timestamptz, p_accepted_at timestamptz, p_held_credits integer)
returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p_requested_at is not null
     and p_accepted_at is null
     and coalesce(p_held_credits > 0, false)
     and p_former in ('pending_approval', 'expired')
     and p_wanted in ('scheduled', 'confirmed', 'in_progress')
$$;

comment on function peer_exchange.is_acceptance(text, text, timestamptz, timestamptz, integer) is
  'Whether a change of status accepts a request.';
