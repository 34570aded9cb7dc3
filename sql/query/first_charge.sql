-- Completes receipt.sql: the charge that a booking replies with for ever.
 order by payment.created_at, earning.created_at
 limit 1
