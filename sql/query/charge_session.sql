-- $1 session, $2 cost, $3 duration in minutes, $4 start, $5 end.
update public.client_sessions
   set payment_status   = 'paid',
       credit_cost      = $2,
       duration_minutes = $3,
       occupied_during  = case when status::text <> 'completed' then tstzrange($4, $5) end,
       -- What is paid for waits for nothing any more.
       status           = case when peer_exchange.is_pending_status(status::text)
                               then 'scheduled'
                               else status
                          end
 where id = $1
