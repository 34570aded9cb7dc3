-- $1 session, $2 date, $3 time, $4 start and $5 end as instants, $6 the time zone that they are promised in. What is to be kept
-- besides follows.
update public.client_sessions as session
   set session_date      = $2,
       start_time        = $3,
       occupied_during   = tstzrange($4, $5),
       occupied_timezone = $6
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning (session.credit_cost, session.held_credits) is not distinct from (former.credit_cost, former.held_credits)
      and
