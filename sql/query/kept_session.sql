-- Whether what belongs to a session for as long as it exists is as it was. For a statement that writes public.client_sessions as
-- session, joined with the same rows as former.
(session.id, session.therapist_id, session.client_id, session.is_peer_booking, session.product_id, session.requested_at,
 session.idempotency_key, session.idempotency_digest)
is not distinct from
(former.id, former.therapist_id, former.client_id, former.is_peer_booking, former.product_id, former.requested_at,
 former.idempotency_key, former.idempotency_digest)
