-- Who cancels, and how long before the start. Only sessions that were paid for count, or that credits were held for: what
-- was never charged was no booking, nor was a request that nobody had accepted.

create function peer_exchange.cancellation_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (cancelled_by text, notice_from_hours integer, notice_to_hours integer, cancellations bigint,
               credits_paid bigint, credits_refunded bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
<<asked>>
declare
  period       record;
  default_zone text := peer_exchange.default_time_zone();
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with cancelled as materialized (
    select session.id, session.therapist_id, session.cancelled_by,
           session.cancelled_at::timestamptz as cancelled_at,
           peer_exchange.written_start(session.session_date, session.start_time) as local_start,
           case when peer_exchange.is_time_zone(session.occupied_timezone) then session.occupied_timezone end as kept_zone
      from public.client_sessions as session
     where session.is_peer_booking
       and session.status::text = 'cancelled'
       and (session.requested_at is null or session.accepted_at is not null)
       and session.cancelled_at >= period.starts_at
       and session.cancelled_at < period.ends_at
  ), published as materialized (
    select availability.user_id, min(coalesce(availability.timezone::text, '') collate "C") as timezone
      from public.practitioner_availability as availability
     group by availability.user_id
  ), zone as materialized (
    select named.timezone, peer_exchange.time_zone_or_default(named.timezone) as used
      from (select distinct published.timezone from published) as named
  ), moved as (
    -- Who paid and who earned: the ledger knows it even where one of them is no more.
    select entry.session_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type in ('session_payment', 'session_hold')))[1]
             as client_id,
           (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_earning'))[1] as practitioner_id,
           -- What is paid from held credits was held before.
           sum(abs(peer_exchange.countable(entry.amount::bigint))) filter (where entry.transaction_type in ('session_payment', 'session_hold')
                                            and coalesce(entry.held_before, 0) <= coalesce(entry.held_after, 0)) as paid,
           sum(abs(peer_exchange.countable(entry.amount::bigint))) filter (where entry.transaction_type in ('refund', 'session_hold_release')) as refunded
      from public.credit_transactions as entry
     where entry.session_id in (select cancelled.id from cancelled)
     group by entry.session_id
  ), told as (
    select case when cancelled.cancelled_by = moved.client_id then 'client'
                when cancelled.cancelled_by = coalesce(moved.practitioner_id, cancelled.therapist_id) then 'practitioner'
                else 'service' end as cancelled_by,
           extract(epoch from (cancelled.local_start at time zone coalesce(cancelled.kept_zone, zone.used, asked.default_zone))
                              - cancelled.cancelled_at) / 3600 as notice_hours,
           moved.paid, moved.refunded
      from cancelled
      join moved on moved.session_id = cancelled.id and moved.paid is not null
      left join published on published.user_id = cancelled.therapist_id
      left join zone on zone.timezone = published.timezone
  )
  select told.cancelled_by, tier.from_hours, tier.to_hours, count(*), sum(told.paid)::bigint,
         coalesce(sum(told.refunded), 0)::bigint
    from told
    left join (values (null, 0), (0, 2), (2, 12), (12, 24), (24, 48), (48, 168), (168, null))
              as tier (from_hours, to_hours)
           on (told.notice_hours >= tier.from_hours or (tier.from_hours is null and told.notice_hours < 0))
          and (told.notice_hours < tier.to_hours or tier.to_hours is null)
   group by 1, 2, 3
   order by 1, tier.to_hours nulls last, 2;
end $$;

comment on function peer_exchange.cancellation_figures_by_owner(date, date, text) is
  'What peer_exchange.cancellation_figures does, as the owner of the tables.';

create function peer_exchange.cancellation_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (cancelled_by text, notice_from_hours integer, notice_to_hours integer, cancellations bigint,
               credits_paid bigint, credits_refunded bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.cancellation_figures(date, date, text) is
  'Cancelled bookings by who cancelled and how long before the start. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.cancellations with (security_invoker = true) as
select cancelled_by, notice_from_hours, notice_to_hours, cancellations, credits_paid, credits_refunded
  from peer_exchange.cancellation_figures();

comment on view peer_exchange.cancellations is
  'Bookings cancelled within the last 90 days by who cancelled and how long before the start. cancellation_figures() takes other days and zones.';
comment on column peer_exchange.cancellations.cancelled_by is 'client, practitioner, or service for everybody else.';
comment on column peer_exchange.cancellations.notice_from_hours is 'At least so many hours before the start; NULL: after it.';
comment on column peer_exchange.cancellations.notice_to_hours is 'Less than so many hours before the start; NULL: no limit.';
comment on column peer_exchange.cancellations.credits_paid is 'Credits that had been paid or held for them.';
comment on column peer_exchange.cancellations.credits_refunded is 'Credits of these that went back.';
