-- Completes receipt.sql: the charge that a booking replies with for ever.
 order by charge.charged_at, charge.earned_at
 limit 1
