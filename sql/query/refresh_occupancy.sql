-- Brings the occupied time of every session in line with its date, time, duration and status.
update public.client_sessions as session
   set occupied_during = due.period
  from peer_exchange.session_times() as due
 where due.session_id = session.id
   and session.occupied_during is distinct from due.period
   and (session.occupied_during is null or due.period is null or not peer_exchange.are_sessions_guarded())
