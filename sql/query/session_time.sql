-- Completes session.sql.
       as wanted (id, former_start)
  join public.client_sessions as session on session.id = wanted.id
 cross join lateral peer_exchange.time_of_session(
       case when wanted.former_start is null then session.occupied_during
            else tstzrange(wanted.former_start,
                           wanted.former_start + make_interval(mins => peer_exchange.whole_minutes(session.duration_minutes))) end,
       session.occupied_timezone, session.therapist_id, session.session_date, session.start_time,
       session.duration_minutes) as moment
 order by session.id
