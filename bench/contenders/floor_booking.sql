-- The least that a booking must write, in one statement; no rule is asked. Both people come in the order of
-- their ids, so that two of these never wait for each other.
-- $1 session, $2 client, $3 practitioner, $4 name, $5 email, $6 date, $7 time, $8 minutes, $9 start,
-- $10 cost; $11 and $12 the two people in order, $13 and $14 what each receives; $15 keys of two entries and
-- four notifications, $16 titles, $17 bodies, $18 payloads.
with session as (
  insert into client_sessions
         (id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
          session_type, credit_cost, occupied_during, occupied_timezone, status, payment_status, is_peer_booking)
  values ($1, $3, $2, $4, $5, $6, $7, $8, 'massage', $10::integer,
          tstzrange($9, $9::timestamptz + make_interval(mins => $8)), 'Europe/London', 'scheduled', 'paid', true)
), account as (
  update credits
     set balance      = credits.balance + movement.amount,
         total_earned = credits.total_earned + greatest(movement.amount, 0),
         total_spent  = credits.total_spent - least(movement.amount, 0),
         updated_at   = now()
    from (values ($11::uuid, $13::integer), ($12::uuid, $14::integer)) as movement (user_id, amount)
   where credits.user_id = movement.user_id
  returning credits.user_id, movement.amount, credits.balance
), entry as (
  insert into credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, description, session_id, created_at)
  select ($15::uuid[])[case when account.amount < 0 then 1 else 2 end], account.user_id,
         case when account.amount < 0 then 'session_payment' else 'session_earning' end, abs(account.amount),
         account.balance - account.amount, account.balance, 'Peer session', $1, clock_timestamp()
    from account
)
insert into notifications (type, id, recipient_id, title, body, payload)
values ('peer_booking_confirmed_client',       ($15::uuid[])[3], $2, ($16::text[])[1], ($17::text[])[1], ($18::text[])[1]::jsonb),
       ('peer_credits_deducted',               ($15::uuid[])[4], $2, ($16::text[])[2], ($17::text[])[2], ($18::text[])[2]::jsonb),
       ('peer_booking_confirmed_practitioner', ($15::uuid[])[5], $3, ($16::text[])[3], ($17::text[])[3], ($18::text[])[3]::jsonb),
       ('peer_credits_earned',                 ($15::uuid[])[6], $3, ($16::text[])[4], ($17::text[])[4], ($18::text[])[4]::jsonb)
