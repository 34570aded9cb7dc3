-- $1 session, $2 what is held for it still. The payment is written by a trigger of ours. What is to be kept besides follows.
update public.client_sessions as session
   set status       = 'scheduled',
       accepted_at  = now(),
       held_credits = $2
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning session.accepted_at is not null
      and (session.no_show_reported_at, session.no_show_reported_by, session.disputed_at, session.settled_at)
          is not distinct from (former.no_show_reported_at, former.no_show_reported_by, former.disputed_at, former.settled_at)
      and
