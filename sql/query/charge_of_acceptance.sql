-- Completes receipt.sql: the payment that an acceptance made at once, before anything was settled; else the hold that it kept.
  join public.client_sessions as session on session.id = $1
 where charge.is_held
    or charge.charged_at < coalesce(session.settled_at::timestamptz, 'infinity')
 order by charge.is_held, charge.charged_at, charge.earned_at
 limit 1
