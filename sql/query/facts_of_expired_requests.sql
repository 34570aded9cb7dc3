-- Completes expired_requests.sql: when each was to be, and what the ledger says is held for it.
)
select session.id,
       session.client_id,
       session.therapist_id,
       moment.*,
       (select sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0))
                 filter (where entry.user_id = session.client_id)
          from public.credit_transactions as entry
         where entry.session_id = session.id)::integer as credits
  from session
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment
