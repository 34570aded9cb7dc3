-- Older clients cancel by setting the status, and complete so; an application may decline a session, let it expire or say
-- that somebody did not come. Then the credits move in the same transaction.
--
-- Once for all rows of the statement, so that balances are locked in the order of people's ids.
create function peer_exchange.refund_direct_cancellations_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  given_up jsonb;
  settled  jsonb;
  accepted uuid[];
begin
  select jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'former_status', former.status::text,
           'former_start', (extract(epoch from lower(former.occupied_during)) * 1000000)::bigint,
           'cancelled_by', present.cancelled_by,
           'reason', left(present.cancellation_reason::text, 2000)))
           filter (where peer_exchange.is_given_up_status(present.status::text)
                     and not peer_exchange.is_given_up_status(former.status::text)
                     and not peer_exchange.awaits_decision(former.status::text, former.no_show_reported_at,
                                                           former.settled_at)),
         -- What the trigger before each row has written.
         jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'status', present.status::text,
           'former_status', former.status::text,
           'former_start', (extract(epoch from lower(former.occupied_during)) * 1000000)::bigint,
           'reported_at', (extract(epoch from former.no_show_reported_at) * 1000000)::bigint,
           'is_reported_by_client', coalesce(former.no_show_reported_by = former.client_id, false)))
           filter (where former.settled_at is null
                     and (present.settled_at is not null
                          or (present.no_show_reported_at is not null and former.no_show_reported_at is null))),
         array_agg(present.id) filter (where present.accepted_at is not null and former.accepted_at is null)
    into given_up, settled, accepted
    from former_rows as former
    join present_rows as present using (id)
   where present.is_peer_booking
     and present.status is distinct from former.status;
  if settled is not null or accepted is not null then
    perform from public.credits as account
      where account.user_id in (select unnest(array[present.therapist_id, present.client_id])
                                  from present_rows as present
                                 where present.is_peer_booking)
      order by account.user_id
        for no key update;
  end if;
  if settled is not null then
    perform peer_exchange.settle_changed_sessions(settled);
  end if;
  if given_up is not null then
    perform peer_exchange.refund_cancelled_sessions(given_up);
  end if;
  if accepted is not null then
    perform peer_exchange.charge_accepted_requests(accepted);
  end if;
  return null;
end $$;

comment on function peer_exchange.refund_direct_cancellations_by_owner() is
  'What peer_exchange.refund_direct_cancellations does, as the owner of the tables.';

create function peer_exchange.refund_direct_cancellations() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refund_direct_cancellations() is
  'Trigger: moves the credits of peer sessions whose status says directly that they are cancelled, completed, missed or accepted.';
