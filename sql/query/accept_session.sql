-- $1 session, $2 what is held for it still. The payment is written by a trigger of ours.
update public.client_sessions
   set status       = 'scheduled',
       accepted_at  = now(),
       held_credits = $2
 where id = $1
