-- Peer sessions can't be changed around the functions that keep their credits. What a person may change is little; the
-- application may do whatever neither mints nor loses credits: a status that it sets is taken as it is.

create function peer_exchange.refuse_status_by_person(
  p_former text, p_wanted text, p_was_charged boolean, p_starts_at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if peer_exchange.is_final_status(p_former)
     and not (peer_exchange.is_over_status(p_former) and peer_exchange.is_over_status(p_wanted))
  then
    raise check_violation using
      message = format('a peer session that is %s can''t become %s', p_former, p_wanted);
  end if;
  if p_was_charged and not (peer_exchange.is_agreed_status(p_wanted) or p_wanted = 'cancelled') then
    raise check_violation using
      message = format('a peer session that has been paid for can''t become %s', p_wanted),
      hint    = 'Cancelling it gives the credits back.';
  end if;
  if (peer_exchange.is_over_status(p_wanted) and p_starts_at > now())
     or (p_wanted = 'in_progress' and p_starts_at > now() + make_interval(mins => peer_exchange.early_start_minutes()))
  then
    raise check_violation using
      message = format('a peer session that has not begun can''t become %s', p_wanted);
  end if;
end $$;

comment on function peer_exchange.refuse_status_by_person(text, text, boolean, timestamptz) is
  'Raises 23514 where a person may not change the status of a peer session so.';

-- Who says what about a report, and when, decides over credits.
create function peer_exchange.refuse_decision_by_person(p_wanted text, p_awaits_decision boolean) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_awaits_decision then
    raise check_violation using
      message = format('a peer session that somebody has reported as missed can''t become %s', p_wanted),
      hint    = 'complete_peer_session() and report_peer_no_show() contradict a client''s report.';
  end if;
  if p_wanted = 'disputed' then
    raise check_violation using
      message = 'a peer session can''t become disputed directly',
      hint    = 'complete_peer_session() and report_peer_no_show() contradict a client''s report.';
  end if;
end $$;

comment on function peer_exchange.refuse_decision_by_person(text, boolean) is
  'Raises 23514 where a person may not set the status of a peer session since it is to be decided who gets its credits, or would be.';

create function peer_exchange.guard_session_change_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  is_by_person constant boolean := peer_exchange.is_called_by_person();
  was_charged  constant boolean := peer_exchange.was_charged(old.id);
  is_given_up  constant boolean := peer_exchange.is_given_up_status(new.status::text)
                                   and not peer_exchange.is_given_up_status(old.status::text);
  awaits_decision constant boolean
    := peer_exchange.awaits_decision(old.status::text, old.no_show_reported_at, old.settled_at);
  is_rated     boolean;
  terms        record;
begin
  if new.is_peer_booking is distinct from old.is_peer_booking then
    raise check_violation using message = 'a session can neither become a peer booking nor cease to be one';
  end if;
  -- A party may only vanish with the person.
  if new.id is distinct from old.id
     or (new.therapist_id is distinct from old.therapist_id
         and not (new.therapist_id is null and not exists (select from public.users where id = old.therapist_id)))
     or (new.client_id is distinct from old.client_id
         and not (new.client_id is null and not exists (select from public.users where id = old.client_id)))
  then
    raise check_violation using message = 'the parties of a peer session can''t be changed';
  end if;
  if new.idempotency_key is distinct from old.idempotency_key
     or new.idempotency_digest is distinct from old.idempotency_digest
     or ((was_charged or is_by_person)
         and (new.duration_minutes, new.product_id) is distinct from (old.duration_minutes, old.product_id))
     or (new.credit_cost is distinct from old.credit_cost
         and (is_by_person
              -- An application that settles by itself writes down what the ledger says.
              or (was_charged
                  and (new.credit_cost is null
                       or new.credit_cost not in (select charge.credit_cost from peer_exchange.charges_of(old.id) as charge)))))
     -- What is sent along with a cancellation is written over.
     or (is_by_person and not is_given_up
         and new.payment_status is distinct from old.payment_status
         and (was_charged or new.payment_status::text in ('paid', 'completed', 'refunded', 'partially_refunded')))
  then
    raise check_violation using
      message = 'what a peer session costs can''t be changed directly',
      hint    = 'Cancel it and book again.';
  end if;
  if (new.requested_at, new.accepted_at, new.held_credits, new.no_show_reported_by, new.no_show_reported_at,
      new.no_show_reason, new.disputed_at, new.dispute_reason, new.settled_at)
     is distinct from
     (old.requested_at, old.accepted_at, old.held_credits, old.no_show_reported_by, old.no_show_reported_at,
      old.no_show_reason, old.disputed_at, old.dispute_reason, old.settled_at)
  then
    raise check_violation using
      message = 'how a peer session was asked for and is settled can''t be changed directly';
  end if;
  if is_by_person and new.created_at is distinct from old.created_at then
    raise check_violation using message = 'when a peer session was made can''t be changed';
  end if;
  if is_by_person and peer_exchange.has_rating_columns() then
    execute 'select ($1.rating, $1.rating_comment, $1.rated_at) is distinct from ($2.rating, $2.rating_comment, $2.rated_at)'
       into is_rated using old, new;
    if is_rated then
      raise check_violation using
        message = 'the rating of a peer session can''t be changed directly',
        hint    = 'rate_peer_session() rates it.';
    end if;
  end if;
  -- Until when a request holds credits is the application's to say, as long as it waits.
  if old.requested_at is not null and new.expires_at is distinct from old.expires_at
     and (is_by_person or new.expires_at is null or old.status::text <> 'pending_approval')
  then
    raise check_violation using message = 'until when a request waits can''t be changed';
  end if;
  -- The start decides how much a cancellation gives back.
  if is_by_person and was_charged
     and (new.session_date, new.start_time) is distinct from (old.session_date, old.start_time)
  then
    raise check_violation using
      message = 'a peer session that has been paid for can''t be moved directly',
      hint    = 'reschedule_peer_booking() moves it.';
  end if;
  if new.status is distinct from old.status then
    if is_by_person and old.requested_at is not null and old.status::text = 'pending_approval' then
      perform peer_exchange.refuse_answer_by_person(new.status::text, old.therapist_id, old.expires_at);
    elsif is_by_person then
      perform peer_exchange.refuse_decision_by_person(new.status::text, awaits_decision);
      perform peer_exchange.refuse_status_by_person(old.status::text, new.status::text, was_charged, lower(old.occupied_during));
    end if;
    if peer_exchange.is_acceptance(old.status::text, new.status::text, old.requested_at, old.accepted_at, old.held_credits) then
      new.accepted_at := now();
      if not peer_exchange.settles_on_completion() then
        new.held_credits   := null;
        new.payment_status := 'paid';
      end if;
    end if;
    perform peer_exchange.forget_awaited_charge(old.id, old.client_id);
  end if;
  if is_given_up then
    select * into terms from peer_exchange.cancellation_terms(old.id, new.cancelled_by);
    new.payment_status := coalesce(terms.payment_status, old.payment_status::text);
    new.held_credits   := null;
    if new.status::text = 'cancelled' then
      new.cancelled_by        := terms.cancelled_by;
      new.cancelled_at        := now();
      new.cancellation_reason := coalesce(nullif(btrim(new.cancellation_reason), ''), 'Session cancelled');
    end if;
  end if;
  -- What nothing is held or reported for has been paid, and is completed without more ado.
  if was_charged and new.status is distinct from old.status
     and (awaits_decision or new.status::text = 'no_show' or (new.status::text = 'completed' and old.held_credits > 0))
  then
    select * into terms from peer_exchange.settlement_terms(old.id, new.status::text);
    if terms.is_settled then
      new.settled_at     := now();
      new.held_credits   := null;
      new.payment_status := coalesce(terms.payment_status, old.payment_status::text);
    end if;
    if terms.is_reported then
      new.no_show_reported_at := now();
      new.no_show_reported_by := terms.reported_by;
    end if;
  end if;
  -- What takes place after all is to be judged anew, and so is what the application declares disputed.
  if peer_exchange.is_over_status(old.status::text) and peer_exchange.is_open_status(new.status::text) then
    new.no_show_reported_at := null;
    new.no_show_reported_by := null;
    new.no_show_reason      := null;
    new.disputed_at         := null;
    new.dispute_reason      := null;
    new.settled_at          := null;
  elsif new.status::text = 'disputed' and old.status::text <> 'disputed' then
    new.disputed_at := now();
    new.settled_at  := null;
  end if;
  return new;
end $$;

comment on function peer_exchange.guard_session_change_by_owner() is
  'What peer_exchange.guard_session_change does, as the owner of the tables.';

create function peer_exchange.guard_session_change() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_session_change() is
  'Trigger: refuses direct changes of what carries money or identity in a peer session.';
