-- Up to the status, which follows. What came of it is read back: a trigger of the application may have had its say. The
-- payment is written by a trigger of ours. $17 what is held for it; of a request $18 since when and $19 until when.
insert into public.client_sessions as session
       (id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
        session_type, notes, product_id, idempotency_key, idempotency_digest, occupied_during,
        occupied_timezone, held_credits, requested_at, expires_at, status, is_peer_booking)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, tstzrange($14, $15), $16, $17, $18, $19
