-- $1 sessions. Those whose payment is overdue give up their slots. One that is being changed right now is being
-- paid for.
update public.client_sessions
   set status = 'expired', occupied_during = null
 where id in (select held.id
                from public.client_sessions as held
               where held.id = any ($1)
                 and peer_exchange.is_expired_hold(held.status::text, held.expires_at)
               order by held.id
                 for no key update skip locked)
