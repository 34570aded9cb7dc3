-- $1 person. Whose days are meant when she speaks of days, and which one it is.
select hours.timezone, (now() at time zone hours.timezone)::date as today
  from peer_exchange.hours_of($1) as hours
 limit 1
