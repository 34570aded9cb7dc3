-- The least that a refund must write, in one statement; no rule is asked.
-- $1 session, $2 cost; $3 and $4 the two people in order, $5 and $6 what each receives; $7 client,
-- $8 practitioner; $9 keys of two entries and two notifications, $10 bodies, $11 payloads.
with session as (
  update client_sessions
     set status = 'cancelled', occupied_during = null, cancelled_at = now(), cancellation_reason = 'Session cancelled',
         payment_status = 'refunded'
   where id = $1
), account as (
  update credits
     set balance      = credits.balance + movement.amount,
         total_earned = credits.total_earned + least(movement.amount, 0),
         total_spent  = credits.total_spent - greatest(movement.amount, 0),
         updated_at   = now()
    from (values ($3::uuid, $5::integer), ($4::uuid, $6::integer)) as movement (user_id, amount)
   where credits.user_id = movement.user_id
  returning credits.user_id, movement.amount, credits.balance
), entry as (
  insert into credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, description, session_id, created_at)
  select ($9::uuid[])[case when account.amount > 0 then 1 else 2 end], account.user_id,
         case when account.amount > 0 then 'refund' else 'session_earning_reversal' end, $2::integer,
         account.balance - account.amount, account.balance, 'Session cancelled', $1, clock_timestamp()
    from account
)
insert into notifications (type, id, recipient_id, title, body, payload)
values ('peer_booking_cancelled_refunded', ($9::uuid[])[3], $7, 'Session cancelled', ($10::text[])[1], ($11::text[])[1]::jsonb),
       ('peer_booking_cancelled_refunded', ($9::uuid[])[4], $8, 'Session cancelled', ($10::text[])[2], ($11::text[])[2]::jsonb)
