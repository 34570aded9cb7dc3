-- How many credits there are, how they came and went, and how fast they change hands. What is in
-- circulation is balances, held credits among them, less what is owed: grants and adjustments alone change it.

create function peer_exchange.circulation_figures_by_owner()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint, held bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select coalesce(sum(peer_exchange.worth(account.balance::bigint, account.held::bigint, account.owed::bigint)), 0)::bigint,
         coalesce(sum(peer_exchange.countable(account.balance::bigint)), 0)::bigint, count(*) filter (where account.balance > 0),
         coalesce(sum(peer_exchange.countable(account.owed::bigint)), 0)::bigint, count(*) filter (where account.owed > 0),
         coalesce(sum(peer_exchange.countable(account.held::bigint)), 0)::bigint
    from public.credits as account;
end $$;

comment on function peer_exchange.circulation_figures_by_owner() is
  'What peer_exchange.circulation_figures does, as the owner of the tables.';

create function peer_exchange.circulation_figures()
returns table (in_circulation bigint, balance bigint, holders bigint, owed bigint, debtors bigint, held bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.circulation_figures() is
  'What is in circulation, held and owed now. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.credits_in_circulation with (security_invoker = true) as
select in_circulation, balance, holders, owed, debtors, held from peer_exchange.circulation_figures();

comment on view peer_exchange.credits_in_circulation is
  'Credits in circulation, held and owed, as of now.';
comment on column peer_exchange.credits_in_circulation.in_circulation is 'balance and what is held less owed: all that was granted, less what adjustments took.';
comment on column peer_exchange.credits_in_circulation.balance is 'Credits that can be spent.';
comment on column peer_exchange.credits_in_circulation.holders is 'People who can spend some.';
comment on column peer_exchange.credits_in_circulation.owed is 'Credits that the next earnings settle.';
comment on column peer_exchange.credits_in_circulation.debtors is 'People who owe some.';
comment on column peer_exchange.credits_in_circulation.held is 'Credits kept for requests and for sessions that are not settled yet.';

-- Counted back from what there is now, so that one reading of the days asked for is enough.
create function peer_exchange.credit_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, granted bigint, adjusted bigint, paid bigint, refunded bigint, in_circulation bigint,
               owed bigint, held bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with entry as (
    -- All that came after the last day counts as one day more.
    select least((ledger.created_at::timestamptz at time zone period.timezone)::date, period.last_day + 1) as day,
           ledger.transaction_type::text as transaction_type, abs(peer_exchange.countable(ledger.amount::bigint)) as amount,
           peer_exchange.credits_moved(ledger.transaction_type::text, ledger.amount::bigint,
                                       peer_exchange.worth(ledger.balance_before::bigint, ledger.held_before::bigint, ledger.owed_before::bigint),
                                       peer_exchange.worth(ledger.balance_after::bigint, ledger.held_after::bigint, ledger.owed_after::bigint)) as change,
           coalesce(peer_exchange.countable(ledger.owed_after::bigint), 0)
             - coalesce(peer_exchange.countable(ledger.owed_before::bigint), 0) as owed_change,
           peer_exchange.held_change(ledger.held_before::bigint, ledger.held_after::bigint) as held_change
      from public.credit_transactions as ledger
     where ledger.created_at >= period.starts_at
  ), moved as (
    select entry.day,
           sum(entry.change) filter (where entry.transaction_type = 'bonus') as granted,
           sum(entry.change) filter (where entry.transaction_type not in
             ('bonus', 'session_payment', 'session_earning', 'refund', 'session_earning_reversal')) as adjusted,
           sum(entry.amount) filter (where entry.transaction_type = 'session_payment') as paid,
           sum(entry.amount) filter (where entry.transaction_type = 'refund') as refunded,
           sum(entry.change) as change, sum(entry.owed_change) as owed_change,
           sum(entry.held_change) as held_change
      from entry
     group by entry.day
  ), counted as (
    select period.first_day + number as day, moved.granted, moved.adjusted, moved.paid, moved.refunded,
           sum(moved.change) over later as changed_later, sum(moved.owed_change) over later as owed_later,
           sum(moved.held_change) over later as held_later
      from generate_series(0, period.last_day + 1 - period.first_day) as number
      left join moved on moved.day = period.first_day + number
    window later as (order by number desc rows between unbounded preceding and 1 preceding)
  )
  select counted.day, coalesce(counted.granted, 0)::bigint, coalesce(counted.adjusted, 0)::bigint,
         coalesce(counted.paid, 0)::bigint, coalesce(counted.refunded, 0)::bigint,
         (present.in_circulation - coalesce(counted.changed_later, 0))::bigint,
         (present.owed - coalesce(counted.owed_later, 0))::bigint,
         (present.held - coalesce(counted.held_later, 0))::bigint
    from counted
   cross join peer_exchange.circulation_figures() as present
   where counted.day <= period.last_day
   order by counted.day;
end $$;

comment on function peer_exchange.credit_figures_by_owner(date, date, text) is
  'What peer_exchange.credit_figures does, as the owner of the tables.';

create function peer_exchange.credit_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, granted bigint, adjusted bigint, paid bigint, refunded bigint, in_circulation bigint,
               owed bigint, held bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.credit_figures(date, date, text) is
  'How credits moved, day by day, and what was in circulation at the end of each. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.credits_by_day with (security_invoker = true) as
select day, granted, adjusted, paid, refunded, in_circulation, owed, held from peer_exchange.credit_figures();

comment on view peer_exchange.credits_by_day is
  'How credits moved within the last 90 days, day by day in the time zone of the setting. credit_figures() takes other days and zones.';
comment on column peer_exchange.credits_by_day.granted is 'Credits that came into being by grants.';
comment on column peer_exchange.credits_by_day.adjusted is 'What adjustments, and entries of the application''s own, added or took.';
comment on column peer_exchange.credits_by_day.paid is 'Credits paid for sessions.';
comment on column peer_exchange.credits_by_day.refunded is 'Credits given back for sessions.';
comment on column peer_exchange.credits_by_day.in_circulation is 'Balances and what was held less what was owed, at the end of the day.';
comment on column peer_exchange.credits_by_day.owed is 'What was owed at the end of the day.';
comment on column peer_exchange.credits_by_day.held is 'What was held at the end of the day.';

create function peer_exchange.velocity_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (first_day date, last_day date, spent bigint, average_in_circulation numeric, velocity numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select min(figures.day), max(figures.day), sum(figures.paid - figures.refunded)::bigint,
         round(avg(figures.in_circulation), 1),
         round(sum(figures.paid - figures.refunded) / nullif(avg(figures.in_circulation), 0), 3)
    from peer_exchange.credit_figures(p_from, p_to, p_timezone) as figures
$$;

comment on function peer_exchange.velocity_figures(date, date, text) is
  'How often a credit changed hands. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.credit_velocity with (security_invoker = true) as
select first_day, last_day, spent, average_in_circulation, velocity from peer_exchange.velocity_figures();

comment on view peer_exchange.credit_velocity is
  'How often a credit changed hands within the last 90 days. velocity_figures() takes other days and zones.';
comment on column peer_exchange.credit_velocity.spent is 'Credits paid for sessions less those given back.';
comment on column peer_exchange.credit_velocity.average_in_circulation is 'The mean of what was in circulation at the end of each day.';
comment on column peer_exchange.credit_velocity.velocity is 'spent for each credit in circulation; NULL where there were none.';
