-- Follows expired_requests.sql. The first three lines are what client_sessions_request_idx is asked for.
 where session.held_credits > 0
   and session.accepted_at is null
   and session.expires_at <= now()
   and peer_exchange.is_expired_request(session.status::text, session.requested_at, session.expires_at)
