-- Who earns and who spends.

create function peer_exchange.person_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (user_id uuid, name text, bookings_given bigint, earned bigint, bookings_received bigint, spent bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with booked as (
    select entry.user_id,
           sum(case entry.transaction_type when 'session_earning' then abs(peer_exchange.countable(entry.amount::bigint))
                                           when 'session_earning_reversal' then -abs(peer_exchange.countable(entry.amount::bigint))
                                           else 0 end)::bigint as earned,
           sum(case entry.transaction_type when 'session_payment' then abs(peer_exchange.countable(entry.amount::bigint))
                                           when 'refund' then -abs(peer_exchange.countable(entry.amount::bigint))
                                           else 0 end)::bigint as spent
      from public.credit_transactions as entry
     where entry.created_at >= period.starts_at
       and entry.created_at < period.ends_at
       and entry.transaction_type in ('session_earning', 'session_earning_reversal', 'session_payment', 'refund')
     group by entry.user_id, coalesce(entry.session_id, entry.id)
  ), moved as (
    select booked.user_id,
           count(*) filter (where booked.earned > 0) as bookings_given, sum(booked.earned)::bigint as earned,
           count(*) filter (where booked.spent > 0) as bookings_received, sum(booked.spent)::bigint as spent
      from booked
     group by booked.user_id
  )
  select moved.user_id, peer_exchange.full_name(person.first_name, person.last_name), moved.bookings_given,
         moved.earned, moved.bookings_received, moved.spent
    from moved
    left join public.users as person on person.id = moved.user_id;
end $$;

comment on function peer_exchange.person_figures_by_owner(date, date, text) is
  'What peer_exchange.person_figures does, as the owner of the tables.';

create function peer_exchange.person_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (user_id uuid, name text, bookings_given bigint, earned bigint, bookings_received bigint, spent bigint)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.person_figures(date, date, text) is
  'What each person earned and spent. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.top_earners with (security_invoker = true) as
select user_id, name, bookings_given, earned
  from peer_exchange.person_figures()
 where earned operator(pg_catalog.>) 0
 order by earned desc, user_id
 limit 20;

comment on view peer_exchange.top_earners is
  'The twenty who earned most within the last 90 days. person_figures() has everybody, and takes other days and zones.';
comment on column peer_exchange.top_earners.name is 'NULL where the person is no more.';
comment on column peer_exchange.top_earners.bookings_given is 'Bookings that earned this person credits which no refund took back wholly.';
comment on column peer_exchange.top_earners.earned is 'Credits earned less those that refunds took back.';

create view peer_exchange.top_spenders with (security_invoker = true) as
select user_id, name, bookings_received, spent
  from peer_exchange.person_figures()
 where spent operator(pg_catalog.>) 0
 order by spent desc, user_id
 limit 20;

comment on view peer_exchange.top_spenders is
  'The twenty who spent most within the last 90 days. person_figures() has everybody, and takes other days and zones.';
comment on column peer_exchange.top_spenders.name is 'NULL where the person is no more.';
comment on column peer_exchange.top_spenders.bookings_received is 'Bookings that cost this person credits which no refund gave back wholly.';
comment on column peer_exchange.top_spenders.spent is 'Credits paid less those that refunds gave back.';
