-- Older clients cancel by setting the status. Then the refund happens in the same transaction.
--
-- Once for all rows of the statement, so that balances are locked in the order of people's ids.
create function peer_exchange.refund_direct_cancellations() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  cancelled record;
begin
  if peer_exchange.is_own_write() then
    return null;
  end if;
  select array_agg(present.id)                        as session_ids,
         array_agg(former.status::text)               as former_statuses,
         array_agg(present.cancelled_by)              as cancelled_by,
         array_agg(present.cancellation_reason::text) as reasons
    into cancelled
    from former_rows as former
    join present_rows as present using (id)
   where present.is_peer_booking
     and present.status::text = 'cancelled'
     and former.status::text <> 'cancelled';
  if cancelled.session_ids is not null then
    perform peer_exchange.refund_cancelled_sessions(
      cancelled.session_ids, cancelled.former_statuses, cancelled.cancelled_by, cancelled.reasons);
  end if;
  return null;
end $$;

comment on function peer_exchange.refund_direct_cancellations() is
  'Trigger: refunds peer sessions whose status was set to cancelled directly.';
