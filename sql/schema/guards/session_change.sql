-- Peer sessions can't be changed around the functions that keep their credits.
create function peer_exchange.guard_session_change_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former_status text := old.status::text;
  wanted_status text := new.status::text;
  was_charged   boolean;
  terms         record;
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

  was_charged := exists (select from public.credit_transactions as payment
                          where payment.session_id = old.id
                            and payment.transaction_type = 'session_payment');
  if new.credit_cost is distinct from old.credit_cost
     or new.duration_minutes is distinct from old.duration_minutes
     or new.product_id is distinct from old.product_id
     or new.idempotency_key is distinct from old.idempotency_key
     or new.idempotency_digest is distinct from old.idempotency_digest
     or (new.payment_status is distinct from old.payment_status
         and (was_charged
              or (new.payment_status::text in ('paid', 'completed', 'refunded', 'partially_refunded')
                  and peer_exchange.is_called_by_person())))
  then
    raise check_violation using
      message = 'what a peer session costs can''t be changed directly',
      hint    = 'Cancel it and book again.';
  end if;
  if new.created_at is distinct from old.created_at and peer_exchange.is_called_by_person() then
    raise check_violation using message = 'when a peer session was made can''t be changed';
  end if;
  -- The start decides how much a cancellation gives back.
  if was_charged
     and (new.session_date, new.start_time) is distinct from (old.session_date, old.start_time)
     and peer_exchange.is_called_by_person()
  then
    raise check_violation using
      message = 'a peer session that has been paid for can''t be moved directly',
      hint    = 'reschedule_peer_booking() moves it.';
  end if;

  if wanted_status is distinct from former_status then
    if peer_exchange.is_final_status(former_status)
       and not (peer_exchange.is_over_status(former_status) and peer_exchange.is_over_status(wanted_status))
    then
      raise check_violation using
        message = format('a peer session that is %s can''t become %s', former_status, wanted_status);
    end if;
    if was_charged and not (peer_exchange.is_held_status(wanted_status) or wanted_status = 'cancelled') then
      raise check_violation using
        message = format('a peer session that has been paid for can''t become %s', wanted_status),
        hint    = 'Cancelling it gives the credits back.';
    end if;
    if (wanted_status = 'in_progress' or peer_exchange.is_over_status(wanted_status))
       and lower(old.occupied_during) > now()
       and peer_exchange.is_called_by_person()
    then
      raise check_violation using
        message = format('a peer session that has not begun can''t become %s', wanted_status);
    end if;
  end if;
  if wanted_status = 'cancelled' and former_status <> 'cancelled' then
    select * into terms from peer_exchange.cancellation_terms(old.id, new.cancelled_by);
    if terms.payment_status is not null then
      new.payment_status := terms.payment_status;
    end if;
    new.cancelled_by        := terms.cancelled_by;
    new.cancelled_at        := now();
    new.cancellation_reason := coalesce(nullif(btrim(new.cancellation_reason), ''), 'Session cancelled');
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
