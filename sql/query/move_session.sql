-- $1 session, $2 date, $3 time, $4 start and $5 end as instants, $6 the time zone that they are promised in.
update public.client_sessions
   set session_date      = $2,
       start_time        = $3,
       occupied_during   = tstzrange($4, $5),
       occupied_timezone = $6
 where id = $1
