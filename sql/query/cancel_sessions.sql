-- Behind the status. $1 sessions, $2 who cancelled them, $3 why. What became of the payment is written by a trigger of ours.
       occupied_during     = null,
       cancelled_at        = now(),
       cancelled_by        = $2,
       cancellation_reason = $3,
       held_credits        = null
 where id = any ($1)
returning status::text as status
