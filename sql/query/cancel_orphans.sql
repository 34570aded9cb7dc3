-- $1 locked sessions. What is to be kept besides follows.
update public.client_sessions as session
   set status              = 'cancelled',
       occupied_during     = null,
       cancelled_at        = now(),
       cancellation_reason = 'Never charged'
  from public.client_sessions as former
 where session.id = any ($1)
   and former.id = session.id
returning session.occupied_during is null
      and session.held_credits is not distinct from former.held_credits
      and
