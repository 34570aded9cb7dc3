-- $1 sessions. Those whose payment is overdue; one that is being changed right now is being paid for.
select held.id
  from public.client_sessions as held
 where held.id = any ($1)
   and peer_exchange.is_expired_hold(held.status::text, held.expires_at)
 order by held.id
   for no key update skip locked
