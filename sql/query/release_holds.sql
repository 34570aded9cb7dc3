-- $1 locked sessions, which give up their slots. What is held for a request stays so. What is to be kept besides follows.
update public.client_sessions as session
   set status = 'expired', occupied_during = null
  from public.client_sessions as former
 where session.id = any ($1)
   and former.id = session.id
returning session.occupied_during is null
      and session.held_credits is not distinct from former.held_credits
      and
