-- The statuses are literals, so that they fit a text column and an enum alike. What came of it is read back: a
-- trigger of the application may have had its say.
insert into public.client_sessions
       (id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
        session_type, notes, product_id, credit_cost, idempotency_key, idempotency_digest, occupied_during,
        status, payment_status, is_peer_booking)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, tstzrange($15, $16),
        'scheduled', 'paid', true)
