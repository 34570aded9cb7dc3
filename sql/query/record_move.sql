insert into peer_exchange.session_moves
       (id, session_id, moved_by, previous_session_date, previous_start_time, session_date, start_time,
        status, idempotency_key)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
