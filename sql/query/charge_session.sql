-- $1 session, $2 cost, $3 duration in minutes, $4 start, $5 end.
update public.client_sessions
   set payment_status   = 'paid',
       credit_cost      = $2,
       duration_minutes = $3,
       occupied_during  = tstzrange($4, $5),
       status           = case when status::text = 'pending_payment' then 'scheduled' else status end
 where id = $1
returning status::text as status
