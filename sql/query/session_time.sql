-- Completes session.sql.
)
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
       session.accepted_at is not null  as is_accepted,
       session.expires_at::timestamptz  as expires_at
  from session
 cross join lateral peer_exchange.time_of_session(
       case when session.former_start is null then session.occupied_during
            else tstzrange(session.former_start,
                           session.former_start + make_interval(mins => peer_exchange.whole_minutes(session.duration_minutes))) end,
       session.occupied_timezone, session.therapist_id, session.session_date, session.start_time,
       session.duration_minutes) as moment
 order by session.id
