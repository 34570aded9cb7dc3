-- How many bookings were made and how many were refused. A booking is a session that was paid for or that credits are held
-- for, by either flow; it counts on the day of the payment or the hold, whatever became of it. A request that was accepted
-- is one, too, on the day on which it was made.

create function peer_exchange.booking_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, bookings bigint, credits bigint, refusals bigint, success_percent numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period    record;
  kept_from timestamptz := peer_exchange.refusals_kept_from();
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with booked as (
    select (charge.created_at::timestamptz at time zone period.timezone)::date as day,
           count(*) as bookings, sum(abs(peer_exchange.countable(charge.amount::bigint)))::bigint as credits
      from public.credit_transactions as charge
      left join public.client_sessions as session
           on session.id = charge.session_id and charge.transaction_type = 'session_hold'
     where charge.transaction_type in ('session_payment', 'session_hold')
       -- What is paid from held credits was booked when they were held.
       and coalesce(charge.held_before, 0) <= coalesce(charge.held_after, 0)
       and (session.requested_at is null or session.accepted_at is not null)
       and charge.created_at >= period.starts_at
       and charge.created_at < period.ends_at
     group by 1
  ), refused as (
    select (refusal.refused_at at time zone period.timezone)::date as day, count(*) as refusals
      from peer_exchange.refusals as refusal
     where refusal.rpc in ('create_peer_booking', 'process_peer_booking_credits')
       and refusal.refused_at >= period.starts_at
       and refusal.refused_at < period.ends_at
     group by 1
  ), counted as (
    select period.first_day + number as day, coalesce(booked.bookings, 0) as bookings,
           coalesce(booked.credits, 0) as credits,
           -- Of a day that is not kept any more nobody knows.
           case when peer_exchange.day_begins_at(period.first_day + number, period.timezone) >= kept_from
                then coalesce(refused.refusals, 0) end as refusals
      from generate_series(0, period.last_day - period.first_day) as number
      left join booked on booked.day = period.first_day + number
      left join refused on refused.day = period.first_day + number
  )
  select counted.day, counted.bookings, counted.credits, counted.refusals,
         round(100.0 * counted.bookings / nullif(counted.bookings + counted.refusals, 0), 1)
    from counted
   order by counted.day;
end $$;

comment on function peer_exchange.booking_figures_by_owner(date, date, text) is
  'What peer_exchange.booking_figures does, as the owner of the tables.';

create function peer_exchange.booking_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, bookings bigint, credits bigint, refusals bigint, success_percent numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.booking_figures(date, date, text) is
  'Bookings and refused bookings, day by day, and the share that succeeded. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.bookings_by_day with (security_invoker = true) as
select day, bookings, credits, refusals, success_percent from peer_exchange.booking_figures();

comment on view peer_exchange.bookings_by_day is
  'Bookings and refused bookings of the last 90 days, day by day in the time zone of the setting. booking_figures() takes other days and zones.';
comment on column peer_exchange.bookings_by_day.bookings is 'Sessions that were paid for on this day, or that credits were held for.';
comment on column peer_exchange.bookings_by_day.credits is 'Credits paid or held for them.';
comment on column peer_exchange.bookings_by_day.refusals is 'Calls of both booking flows that were refused; NULL where that is not remembered any more.';
comment on column peer_exchange.bookings_by_day.success_percent is 'Bookings among bookings and refusals; NULL where there was neither.';
