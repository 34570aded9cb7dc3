-- Who does not come, and what is contradicted. A report counts on its day, and so does a dispute, whatever became of it later.

create function peer_exchange.no_show_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, absent_clients bigint, absent_practitioners bigint, disputes bigint, open_disputes bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with reported as (
    select (session.no_show_reported_at::timestamptz at time zone period.timezone)::date as day,
           -- Whose session it was the ledger knows even where she is no more.
           exists (select from public.credit_transactions as charge
                    where charge.session_id = session.id
                      and charge.user_id = session.no_show_reported_by
                      and charge.transaction_type in ('session_payment', 'session_hold')) as is_by_client
      from public.client_sessions as session
     where session.no_show_reported_at >= period.starts_at
       and session.no_show_reported_at < period.ends_at
  ), absent as (
    select reported.day, count(*) filter (where not reported.is_by_client) as clients,
           count(*) filter (where reported.is_by_client) as practitioners
      from reported
     group by reported.day
  ), disputed as (
    select (session.disputed_at::timestamptz at time zone period.timezone)::date as day, count(*) as disputes,
           count(*) filter (where session.settled_at is null) as still_open
      from public.client_sessions as session
     where session.disputed_at >= period.starts_at
       and session.disputed_at < period.ends_at
     group by 1
  )
  select period.first_day + number, coalesce(absent.clients, 0), coalesce(absent.practitioners, 0),
         coalesce(disputed.disputes, 0), coalesce(disputed.still_open, 0)
    from generate_series(0, period.last_day - period.first_day) as number
    left join absent on absent.day = period.first_day + number
    left join disputed on disputed.day = period.first_day + number
   order by 1;
end $$;

comment on function peer_exchange.no_show_figures_by_owner(date, date, text) is
  'What peer_exchange.no_show_figures does, as the owner of the tables.';

create function peer_exchange.no_show_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, absent_clients bigint, absent_practitioners bigint, disputes bigint, open_disputes bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.no_show_figures(date, date, text) is
  'Who was reported not to have come, and what was disputed, day by day. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.no_shows_by_day with (security_invoker = true) as
select day, absent_clients, absent_practitioners, disputes, open_disputes from peer_exchange.no_show_figures();

comment on view peer_exchange.no_shows_by_day is
  'Missed and disputed sessions of the last 90 days by the day on which somebody said so, in the time zone of the setting. no_show_figures() takes other days and zones.';
comment on column peer_exchange.no_shows_by_day.absent_clients is 'Sessions whose client did not come, said their practitioners or the application.';
comment on column peer_exchange.no_shows_by_day.absent_practitioners is 'Sessions whose practitioner did not come, said their clients; contradicted or not.';
comment on column peer_exchange.no_shows_by_day.disputes is 'Sessions about which the two disagreed from this day on.';
comment on column peer_exchange.no_shows_by_day.open_disputes is 'Those of them on which nobody has decided yet; the others are settled.';
