-- $1 session, $2 its start, $3 the moments before it that have passed, the nearest first.
--
-- Asked again under the lock whether it still takes place then; a session or a party that somebody is
-- changing right now is left to the next run. Where another run was faster, the row it has written is
-- found by its key, and nothing is returned.
with session as materialized (
  select session.id, session.client_id, session.therapist_id,
         session.occupied_during, session.occupied_timezone,
         session.session_date, session.start_time, session.duration_minutes
    from public.client_sessions as session
    join public.users as client       on client.id = session.client_id
    join public.users as practitioner on practitioner.id = session.therapist_id
   where session.id = $1
     and lower(session.occupied_during) = $2
     and peer_exchange.is_planned_status(session.status::text)
     for no key update of session skip locked
     for key share of client, practitioner skip locked
), mark as (
  insert into peer_exchange.sent_reminders (session_id, starts_at, minutes_before)
  select session.id, $2, minutes
    from session
   cross join unnest($3) as minutes
      on conflict do nothing
  returning minutes_before
)
select session.client_id,
       session.therapist_id,
       moment.*,
       (select peer_exchange.whole_credits(abs(peer_exchange.countable(payment.amount::bigint)))
          from public.credit_transactions as payment
         where payment.session_id = session.id
           and payment.transaction_type in ('session_payment', 'session_hold')
         order by payment.created_at desc nulls last
         limit 1) as credits,
       coalesce((select account.balance::bigint from public.credits as account
                  where account.user_id = session.client_id limit 1), 0) as client_balance,
       coalesce((select account.balance::bigint from public.credits as account
                  where account.user_id = session.therapist_id limit 1), 0) as practitioner_balance
  from session
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment
 where ($3)[1] in (select mark.minutes_before from mark)
