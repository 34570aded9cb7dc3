-- Behind the status. $1 sessions, $2 who cancelled them, $3 why. What became of the payment is written by a trigger of ours. What is
-- to be kept besides follows.
       occupied_during     = null,
       cancelled_at        = now(),
       cancelled_by        = $2,
       cancellation_reason = $3,
       held_credits        = null
  from public.client_sessions as former
 where session.id = any ($1)
   and former.id = session.id
returning session.occupied_during is null
      and session.held_credits is null
      and
