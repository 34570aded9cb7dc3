-- Requests that nobody accepted in time and for which credits are held still, with what the ledger says of these. Whose or how
-- many follows.
select session.id,
       session.client_id,
       session.therapist_id,
       moment.*,
       (select sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0))
                 filter (where entry.user_id = session.client_id)
          from public.credit_transactions as entry
         where entry.session_id = session.id)::integer as credits
  from public.client_sessions as session
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment
