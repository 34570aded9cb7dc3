-- What becomes of requests, and how long people wait for an answer. A request counts on the day on which it was made, whatever
-- became of it later.

create function peer_exchange.request_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, requests bigint, accepted bigint, declined bigint, withdrawn bigint, expired bigint,
               cancelled bigint, waiting bigint, median_hours_to_answer numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with request as materialized (
    select session.id, session.status::text as status, session.therapist_id, session.cancelled_by,
           session.requested_at::timestamptz as requested_at, session.accepted_at::timestamptz as accepted_at,
           session.expires_at::timestamptz as expires_at
      from public.client_sessions as session
     where session.requested_at >= period.starts_at
       and session.requested_at < period.ends_at
  ), held as (
    -- Whose credits, and until when: the ledger knows it even where the client is no more.
    select entry.session_id, (array_agg(entry.user_id) filter (where entry.transaction_type = 'session_hold'))[1] as client_id,
           min(entry.created_at::timestamptz) filter (where entry.transaction_type = 'session_hold_release') as released_at
      from public.credit_transactions as entry
     where entry.session_id in (select request.id from request)
     group by entry.session_id
  ), answered as (
    select (request.requested_at at time zone period.timezone)::date as day, request.requested_at,
           case when request.accepted_at is not null then 'accepted'
                when request.status = 'declined' or request.cancelled_by = request.therapist_id then 'declined'
                when request.cancelled_by = held.client_id then 'withdrawn'
                when request.status = 'expired' or peer_exchange.is_expired_hold(request.status, request.expires_at) then 'expired'
                when request.status = 'cancelled' then 'cancelled'
                else 'waiting' end as outcome,
           coalesce(request.accepted_at, held.released_at) as answered_at
      from request
      left join held on held.session_id = request.id
  ), counted as (
    select answered.day, count(*) as requests,
           count(*) filter (where answered.outcome = 'accepted') as accepted,
           count(*) filter (where answered.outcome = 'declined') as declined,
           count(*) filter (where answered.outcome = 'withdrawn') as withdrawn,
           count(*) filter (where answered.outcome = 'expired') as expired,
           count(*) filter (where answered.outcome = 'cancelled') as cancelled,
           count(*) filter (where answered.outcome = 'waiting') as waiting,
           percentile_cont(0.5) within group (order by case when isfinite(answered.answered_at)
                                                       then extract(epoch from answered.answered_at - answered.requested_at) / 3600 end)
             filter (where answered.outcome in ('accepted', 'declined')) as median_hours
      from answered
     group by answered.day
  )
  select period.first_day + number, coalesce(counted.requests, 0), coalesce(counted.accepted, 0),
         coalesce(counted.declined, 0), coalesce(counted.withdrawn, 0), coalesce(counted.expired, 0),
         coalesce(counted.cancelled, 0), coalesce(counted.waiting, 0), round(counted.median_hours::numeric, 1)
    from generate_series(0, period.last_day - period.first_day) as number
    left join counted on counted.day = period.first_day + number
   order by 1;
end $$;

comment on function peer_exchange.request_figures_by_owner(date, date, text) is
  'What peer_exchange.request_figures does, as the owner of the tables.';

create function peer_exchange.request_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, requests bigint, accepted bigint, declined bigint, withdrawn bigint, expired bigint,
               cancelled bigint, waiting bigint, median_hours_to_answer numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.request_figures(date, date, text) is
  'Requests by the day on which they were made, what became of them and how long answers took. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.requests_by_day with (security_invoker = true) as
select day, requests, accepted, declined, withdrawn, expired, cancelled, waiting, median_hours_to_answer
  from peer_exchange.request_figures();

comment on view peer_exchange.requests_by_day is
  'Requests of the last 90 days by the day on which they were made, in the time zone of the setting. request_figures() takes other days and zones.';
comment on column peer_exchange.requests_by_day.accepted is 'Those that became bookings, whatever became of these.';
comment on column peer_exchange.requests_by_day.declined is 'Given up by their practitioners.';
comment on column peer_exchange.requests_by_day.withdrawn is 'Given up by their clients.';
comment on column peer_exchange.requests_by_day.expired is 'Not answered in time.';
comment on column peer_exchange.requests_by_day.cancelled is 'Given up by the application, or since somebody left.';
comment on column peer_exchange.requests_by_day.waiting is 'Not answered yet.';
comment on column peer_exchange.requests_by_day.median_hours_to_answer is 'From the request to its acceptance or refusal; NULL where none was answered.';
