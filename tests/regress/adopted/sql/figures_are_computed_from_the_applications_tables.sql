-- Enums, twin columns and ledger rows of an older generation; and a view is no reason to leave a column as it is.
begin;
call story.starts();
select book('Ann', 'Ben', '10:00') ->> 'success' as booked;
select book('Ann', 'Ben', '10:00') ->> 'error_code' as code;
select refund('Ann', 'Ben', '10:00') ->> 'success' as refunded;
create function story.figures() returns table (view text, figures text) language sql as $$
  select 'bookings', format('%s for %s', sum(bookings), sum(credits)) from peer_exchange.bookings_by_day
  union all
  select 'refusals', string_agg(format('%s %s', rpc, error_code), ', ') from peer_exchange.refusals_by_day
  union all
  select 'cancellations', string_agg(format('%s %s', cancelled_by, credits_refunded), ', ') from peer_exchange.cancellations
  union all
  select 'requests', sum(requests)::text from peer_exchange.requests_by_day
  union all
  select 'no-shows', sum(absent_clients + absent_practitioners + disputes)::text from peer_exchange.no_shows_by_day
  union all
  select 'circulation', format('%s held by %s', balance, holders) from peer_exchange.credits_in_circulation
  union all
  select 'credits', format('%s granted, %s paid, %s back', sum(granted), sum(paid), sum(refunded)) from peer_exchange.credits_by_day
  union all
  select 'velocity', spent::text from peer_exchange.credit_velocity
  union all
  select 'earners', string_agg(format('%s %s', name, earned), ', ') from peer_exchange.top_earners
  union all
  select 'spenders', string_agg(format('%s %s', name, spent), ', ') from peer_exchange.top_spenders
  union all
  select 'inactive', string_agg(name, ', ' order by name) from peer_exchange.inactive_practitioners
  union all
  select 'notifications', sum(notifications)::text from peer_exchange.notification_delivery
$$;
select * from figures();

-- As an application may.
alter table users alter column last_name type text;
alter table credit_transactions alter column created_at type timestamp using created_at at time zone 'UTC';
alter table notifications alter column created_at type timestamp using created_at at time zone 'UTC';
alter table notifications drop column priority;
select * from figures();
rollback;
