-- $1 session, $2 duration in minutes, $3 start, $4 end, $5 the time zone that they are promised in, $6 what is held for it. The payment is written by a trigger of ours.
update public.client_sessions
   set duration_minutes  = $2,
       occupied_during   = case when status::text <> 'completed' then tstzrange($3, $4) end,
       occupied_timezone = $5,
       held_credits      = $6,
       -- Charged anew, it is to be settled anew.
       settled_at        = null,
       -- What is paid for waits for nothing any more.
       status            = case when peer_exchange.is_pending_status(status::text)
                                then 'scheduled'
                                else status
                           end
 where id = $1
