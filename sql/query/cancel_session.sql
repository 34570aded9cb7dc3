-- $1 session, $2 who cancelled it, $3 why, $4 what became of the payment; NULL leaves it as it is.
update public.client_sessions
   set status              = 'cancelled',
       occupied_during     = null,
       cancelled_at        = now(),
       cancelled_by        = $2,
       cancellation_reason = $3,
       payment_status      = case $4 when 'refunded' then 'refunded'
                                     when 'partially_refunded' then 'partially_refunded'
                                     else payment_status end
 where id = $1
returning status::text as status
