insert into peer_exchange.session_moves
       (id, session_id, moved_by, previous_session_date, previous_start_time, previous_starts_at, previous_timezone,
        session_date, start_time, starts_at, timezone, status, idempotency_key)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
