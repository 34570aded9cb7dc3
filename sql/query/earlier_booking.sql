-- $1 client, $2 idempotency key. What was booked under this key and how it was charged, as
-- session_by_key.sql and receipt.sql say it under locks.
select session.id,
       session.idempotency_digest,
       exists (select from peer_exchange.departures as departure
                where departure.person_id = session.client_id
                  and departure.left_at > session.created_at) as is_of_former_client,
       charge.credit_cost is not null as is_charged,
       charge.*
  from public.client_sessions as session
  left join lateral (
       select first.*
         from peer_exchange.charges_of(session.id) as first
        order by first.charged_at, first.earned_at
        limit 1) as charge on true
 where session.client_id = $1
   and session.idempotency_key = $2
   and session.is_peer_booking
