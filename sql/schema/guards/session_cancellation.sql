-- Older clients cancel by setting the status, and an application may decline a session or let it expire. Then the
-- refund happens in the same transaction.
--
-- Once for all rows of the statement, so that balances are locked in the order of people's ids.
create function peer_exchange.refund_direct_cancellations_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changes jsonb;
begin
  select jsonb_agg(jsonb_build_object(
           'session_id', present.id,
           'former_status', former.status::text,
           'former_start', (extract(epoch from lower(former.occupied_during)) * 1000000)::bigint,
           'cancelled_by', present.cancelled_by,
           'reason', present.cancellation_reason::text))
    into changes
    from former_rows as former
    join present_rows as present using (id)
   where present.is_peer_booking
     and peer_exchange.is_given_up_status(present.status::text)
     and not peer_exchange.is_given_up_status(former.status::text);
  if changes is not null then
    perform peer_exchange.refund_cancelled_sessions(changes);
  end if;
  return null;
end $$;

comment on function peer_exchange.refund_direct_cancellations_by_owner() is
  'What peer_exchange.refund_direct_cancellations does, as the owner of the tables.';

create function peer_exchange.refund_direct_cancellations() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refund_direct_cancellations() is
  'Trigger: refunds peer sessions whose status was set to cancelled directly.';
