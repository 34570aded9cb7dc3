-- $1 client, $2 idempotency key. What was booked under this key and how it was charged, as
-- session_by_key.sql and receipt.sql say it under locks.
select session.id,
       session.idempotency_digest,
       exists (select from peer_exchange.departures as departure
                where departure.person_id = session.client_id
                  and departure.left_at > session.created_at) as is_of_former_client,
       payment.id is not null          as is_charged,
       abs(payment.amount)::integer    as credit_cost,
       payment.balance_before::integer as client_balance_before,
       payment.balance_after::integer  as client_balance_after,
       earning.balance_before::integer as practitioner_balance_before,
       earning.balance_after::integer  as practitioner_balance_after
  from public.client_sessions as session
  left join public.credit_transactions as payment
       on payment.session_id = session.id
      and payment.transaction_type = 'session_payment'
  left join public.credit_transactions as earning
       on earning.session_id = session.id
      and earning.transaction_type = 'session_earning'
 where session.client_id = $1
   and session.idempotency_key = $2
   and session.is_peer_booking
 order by payment.created_at, earning.created_at
 limit 1
