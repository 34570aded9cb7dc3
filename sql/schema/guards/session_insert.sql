-- A peer session that is inserted directly, as the older flow does, before it is charged.
create function peer_exchange.guard_session_insert_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.therapist_id = new.client_id then
    raise check_violation using message = 'nobody can have a peer session with themselves';
  end if;
  -- What a booking looks for around its slot, on the side of the client, begins within a week before it.
  if new.duration_minutes > 7 * 24 * 60 then
    raise check_violation using message = 'a peer session lasts at most a week';
  end if;
  -- The ledger knows a session by its id alone. Where the session is there still, this is an upsert, and
  -- its key and the guards of changes decide; a session that was paid for can't be deleted meanwhile.
  if exists (select from public.credit_transactions as entry where entry.session_id = new.id) then
    if not exists (select from public.client_sessions as present where present.id = new.id) then
      raise unique_violation using message = format('session id %s has been used before', new.id);
    end if;
  end if;
  if not peer_exchange.is_called_by_person() then
    return new;
  end if;
  perform peer_exchange.require_may_act_for(new.client_id);
  if not (peer_exchange.is_planned_status(new.status::text) or peer_exchange.is_pending_status(new.status::text)) then
    raise check_violation using
      message = format('a peer session can''t begin its life as %s', new.status);
  end if;
  -- What only a booking or a charge can say.
  new.payment_status     := 'pending';
  new.held_credits       := null;
  new.requested_at       := null;
  new.accepted_at        := null;
  new.no_show_reported_at := null;
  new.no_show_reported_by := null;
  new.no_show_reason      := null;
  new.disputed_at         := null;
  new.dispute_reason      := null;
  new.settled_at         := null;
  new.idempotency_digest := null;
  new.created_at         := now();
  if peer_exchange.has_rating_columns() then
    new := jsonb_populate_record(new, '{"rating": null, "rating_comment": null, "rated_at": null}');
  end if;
  return new;
end $$;

comment on function peer_exchange.guard_session_insert_by_owner() is
  'What peer_exchange.guard_session_insert does, as the owner of the tables.';

create function peer_exchange.guard_session_insert() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_session_insert() is
  'Trigger: a peer session inserted directly is its client''s own, and not paid for yet.';
