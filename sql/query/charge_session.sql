-- $1 session, $2 duration in minutes, $3 start, $4 end, $5 the time zone that they are promised in, $6 what is held for it. The payment
-- is written by a trigger of ours. What is to be kept besides follows.
update public.client_sessions as session
   set duration_minutes  = $2,
       occupied_during   = case when session.status::text <> 'completed' then tstzrange($3, $4) end,
       occupied_timezone = $5,
       held_credits      = $6,
       -- Charged anew, it is to be settled anew.
       settled_at        = null,
       -- What is paid for waits for nothing any more.
       status            = case when peer_exchange.is_pending_status(session.status::text)
                                then 'scheduled'
                                else session.status
                           end
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning session.settled_at is null
      and (session.accepted_at, session.no_show_reported_at, session.no_show_reported_by, session.disputed_at)
          is not distinct from (former.accepted_at, former.no_show_reported_at, former.no_show_reported_by, former.disputed_at)
      and
