-- To be followed by the sessions that are wanted, with when each began or was to begin where its row says so no longer,
-- else NULL; and by session_time.sql.
select session.id,
       session.therapist_id,
       session.client_id,
       session.product_id,
       coalesce(session.is_peer_booking, false) as is_peer_booking,
       coalesce(session.status::text, '')       as status,
       peer_exchange.written_start(session.session_date, session.start_time) as written_start,
       moment.*,
       coalesce(moment.starts_at <= now(), false) as has_begun,
       session.requested_at is not null as is_request,
       session.accepted_at is not null as is_accepted,
       session.expires_at::timestamptz as expires_at
  from
