-- $1 session. What became of the payment is written by a trigger of ours.
update public.client_sessions
   set status = 'expired', occupied_during = null, held_credits = null
 where id = $1
returning status::text as status
