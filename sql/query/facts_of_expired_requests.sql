-- Completes expired_requests.sql: when each was to be, and what is held for it.
)
select session.id,
       session.client_id,
       session.therapist_id,
       moment.*,
       held.credits
  from session
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment
 cross join lateral peer_exchange.held_for_session(session.id, session.client_id) as held
