-- $1 session, $2 when it began or was to begin where its row says so no longer, else NULL.
select session.id,
       session.therapist_id,
       session.client_id,
       session.product_id,
       coalesce(session.is_peer_booking, false) as is_peer_booking,
       coalesce(session.status::text, '')       as status,
       peer_exchange.written_start(session.session_date, session.start_time) as written_start,
       moment.*,
       coalesce(moment.starts_at <= now(), false) as has_begun
  from public.client_sessions as session
 cross join lateral peer_exchange.time_of_session(
       case when $2 is null then session.occupied_during
            else tstzrange($2, $2 + make_interval(mins => peer_exchange.whole_minutes(session.duration_minutes))) end,
       session.occupied_timezone, session.therapist_id, session.session_date, session.start_time,
       session.duration_minutes) as moment
 where session.id = $1
