-- $1 client, $2 idempotency key.
select session.id,
       session.idempotency_digest,
       session.created_at::timestamptz as made_at,
       session.expires_at::timestamptz as expires_at
  from public.client_sessions as session
 where session.client_id = $1
   and session.idempotency_key = $2
   and session.is_peer_booking
