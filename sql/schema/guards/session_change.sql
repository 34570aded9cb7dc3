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

-- Rows are handed on whole, as records: their type is the application's.
create function peer_exchange.refuse_change_of_parties(p_former record, p_wanted record) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_wanted.is_peer_booking is distinct from p_former.is_peer_booking then
    raise check_violation using message = 'a session can neither become a peer booking nor cease to be one';
  end if;
  -- A party may only vanish with the person.
  if p_wanted.id is distinct from p_former.id
     or (p_wanted.therapist_id is distinct from p_former.therapist_id
         and not (p_wanted.therapist_id is null
                  and not exists (select from public.users where id = p_former.therapist_id)))
     or (p_wanted.client_id is distinct from p_former.client_id
         and not (p_wanted.client_id is null and not exists (select from public.users where id = p_former.client_id)))
  then
    raise check_violation using message = 'the parties of a peer session can''t be changed';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_parties(record, record) is
  'Raises 23514 where a direct change of a session makes it somebody else''s.';

create function peer_exchange.refuse_change_of_cost(
  p_former record, p_wanted record, p_is_by_person boolean, p_was_charged boolean, p_is_given_up boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_wanted.idempotency_key, p_wanted.idempotency_digest) is distinct from (p_former.idempotency_key, p_former.idempotency_digest)
     or ((p_was_charged or p_is_by_person)
         and (p_wanted.duration_minutes, p_wanted.product_id) is distinct from (p_former.duration_minutes, p_former.product_id))
     or (p_wanted.credit_cost is distinct from p_former.credit_cost
         and (p_is_by_person
              -- An application that settles by itself writes down what the ledger says.
              or (p_was_charged
                  and (p_wanted.credit_cost is null
                       or p_wanted.credit_cost not in (select charge.credit_cost
                                                         from peer_exchange.charges_of(p_former.id) as charge)))))
     -- What is sent along with a cancellation is written over.
     or (p_is_by_person and not p_is_given_up
         and p_wanted.payment_status is distinct from p_former.payment_status
         and (p_was_charged or p_wanted.payment_status::text in ('paid', 'completed', 'refunded', 'partially_refunded')))
  then
    raise check_violation using
      message = 'what a peer session costs can''t be changed directly',
      hint    = 'Cancel it and book again.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_cost(record, record, boolean, boolean, boolean) is
  'Raises 23514 where a direct change of a peer session concerns what it costs.';

create function peer_exchange.refuse_change_of_moments(
  p_former record, p_wanted record, p_is_by_person boolean, p_was_charged boolean)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_wanted.requested_at, p_wanted.accepted_at, p_wanted.held_credits, p_wanted.no_show_reported_by,
      p_wanted.no_show_reported_at, p_wanted.no_show_reason, p_wanted.disputed_at, p_wanted.dispute_reason,
      p_wanted.settled_at)
     is distinct from
     (p_former.requested_at, p_former.accepted_at, p_former.held_credits, p_former.no_show_reported_by,
      p_former.no_show_reported_at, p_former.no_show_reason, p_former.disputed_at, p_former.dispute_reason,
      p_former.settled_at)
  then
    raise check_violation using
      message = 'how a peer session was asked for and is settled can''t be changed directly';
  end if;
  if p_is_by_person and p_wanted.created_at is distinct from p_former.created_at then
    raise check_violation using message = 'when a peer session was made can''t be changed';
  end if;
  -- Until when a request holds credits is the application's to say, as long as it waits.
  if p_former.requested_at is not null and p_wanted.expires_at is distinct from p_former.expires_at
     and (p_is_by_person or p_wanted.expires_at is null or p_former.status::text <> 'pending_approval')
  then
    raise check_violation using message = 'until when a request waits can''t be changed';
  end if;
  -- The start decides how much a cancellation gives back.
  if p_is_by_person and p_was_charged
     and (p_wanted.session_date, p_wanted.start_time) is distinct from (p_former.session_date, p_former.start_time)
  then
    raise check_violation using
      message = 'a peer session that has been paid for can''t be moved directly',
      hint    = 'reschedule_peer_booking() moves it.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_moments(record, record, boolean, boolean) is
  'Raises 23514 where a direct change of a peer session concerns when it was asked for, settled or is to begin.';

create function peer_exchange.refuse_change_of_rating(p_former record, p_wanted record) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  is_rated boolean;
begin
  if not peer_exchange.has_rating_columns() then
    return;
  end if;
  execute 'select ($1.rating, $1.rating_comment, $1.rated_at) is distinct from ($2.rating, $2.rating_comment, $2.rated_at)'
     into is_rated using p_former, p_wanted;
  if is_rated then
    raise check_violation using
      message = 'the rating of a peer session can''t be changed directly',
      hint    = 'rate_peer_session() rates it.';
  end if;
end $$;

comment on function peer_exchange.refuse_change_of_rating(record, record) is
  'Raises 23514 where a direct change of a peer session rates it.';

-- What comes of a status that is set directly is written with it; the credits move after the statement.
create function peer_exchange.with_acceptance(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
begin
  if peer_exchange.is_acceptance(p_former.status::text, p_wanted.status::text, p_former.requested_at, p_former.accepted_at,
                                 p_former.held_credits) then
    changed.accepted_at := now();
    if not peer_exchange.settles_on_completion() then
      changed.held_credits   := null;
      changed.payment_status := 'paid';
    end if;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_acceptance(record, record) is
  'A session with what the acceptance of a request makes of it, where its change of status is one.';

create function peer_exchange.with_cancellation(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
  terms   record;
begin
  select * into terms from peer_exchange.cancellation_terms(p_former.id, p_wanted.cancelled_by);
  changed.payment_status := coalesce(terms.payment_status, p_former.payment_status::text);
  changed.held_credits   := null;
  if p_wanted.status::text = 'cancelled' then
    changed.cancelled_by        := terms.cancelled_by;
    changed.cancelled_at        := now();
    changed.cancellation_reason := coalesce(nullif(btrim(p_wanted.cancellation_reason), ''), 'Session cancelled');
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_cancellation(record, record) is
  'A session that is given up, with what its cancellation makes of it.';

create function peer_exchange.with_settlement(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
  terms   record;
begin
  select * into terms from peer_exchange.settlement_terms(p_former.id, p_wanted.status::text);
  if terms.is_settled then
    changed.settled_at     := now();
    changed.held_credits   := null;
    changed.payment_status := coalesce(terms.payment_status, p_former.payment_status::text);
  end if;
  if terms.is_reported then
    changed.no_show_reported_at := now();
    changed.no_show_reported_by := terms.reported_by;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_settlement(record, record) is
  'A session that has had its time, with what its settlement makes of it.';

-- What takes place after all is to be judged anew, and so is what the application declares disputed.
create function peer_exchange.with_judgement_anew(p_former record, p_wanted record) returns record
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed record := p_wanted;
begin
  if peer_exchange.is_over_status(p_former.status::text) and peer_exchange.is_open_status(p_wanted.status::text) then
    changed.no_show_reported_at := null;
    changed.no_show_reported_by := null;
    changed.no_show_reason      := null;
    changed.disputed_at         := null;
    changed.dispute_reason      := null;
    changed.settled_at          := null;
  elsif p_wanted.status::text = 'disputed' and p_former.status::text <> 'disputed' then
    changed.disputed_at := now();
    changed.settled_at  := null;
  end if;
  return changed;
end $$;

comment on function peer_exchange.with_judgement_anew(record, record) is
  'A session with nothing decided of it any more, where its change of status undoes that.';

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
begin
  perform peer_exchange.refuse_change_of_parties(old, new);
  perform peer_exchange.refuse_change_of_cost(old, new, is_by_person, was_charged, is_given_up);
  perform peer_exchange.refuse_change_of_moments(old, new, is_by_person, was_charged);
  if is_by_person then
    perform peer_exchange.refuse_change_of_rating(old, new);
  end if;
  if new.status is not distinct from old.status then
    return new;
  end if;
  if is_by_person and old.requested_at is not null and old.status::text = 'pending_approval' then
    perform peer_exchange.refuse_answer_by_person(new.status::text, old.therapist_id, old.expires_at);
  elsif is_by_person then
    perform peer_exchange.refuse_decision_by_person(new.status::text, awaits_decision);
    perform peer_exchange.refuse_status_by_person(old.status::text, new.status::text, was_charged, lower(old.occupied_during));
  end if;
  perform peer_exchange.forget_awaited_charge(old.id, old.client_id);
  new := peer_exchange.with_acceptance(old, new);
  if is_given_up then
    new := peer_exchange.with_cancellation(old, new);
  end if;
  -- What nothing is held or reported for has been paid, and is completed without more ado.
  if was_charged
     and (awaits_decision or new.status::text = 'no_show' or (new.status::text = 'completed' and old.held_credits > 0))
  then
    new := peer_exchange.with_settlement(old, new);
  end if;
  return peer_exchange.with_judgement_anew(old, new);
end $$;

comment on function peer_exchange.guard_session_change_by_owner() is
  'What peer_exchange.guard_session_change does, as the owner of the tables.';

create function peer_exchange.guard_session_change() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_session_change() is
  'Trigger: refuses direct changes of what carries money or identity in a peer session.';
