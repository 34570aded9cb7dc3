-- $1 session. What became of the payment is written by a trigger of ours. What is to be kept besides follows.
update public.client_sessions as session
   set status = 'expired', occupied_during = null, held_credits = null
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning session.occupied_during is null
      and session.held_credits is null
      and
