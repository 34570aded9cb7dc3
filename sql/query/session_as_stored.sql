-- Follows whether a session is otherwise as it was decided.
          session.id,
          session.therapist_id,
          session.client_id,
          peer_exchange.written_start(session.session_date, session.start_time) as written_start,
          peer_exchange.whole_minutes(session.duration_minutes)         as duration_minutes,
          session.occupied_timezone         as timezone,
          session.status::text              as status,
          session.is_peer_booking,
          session.credit_cost::integer      as credit_cost,
          session.held_credits::integer     as held_credits,
          lower(session.occupied_during)    as starts_at,
          upper(session.occupied_during)    as ends_at
