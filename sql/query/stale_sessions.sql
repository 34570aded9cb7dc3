-- Sessions whose occupied time does not follow from their date, time, duration and status, and what it should be.
select session.id,
       lower(due.period) as starts_at,
       upper(due.period) as ends_at
  from public.client_sessions as session
  join peer_exchange.session_times() as due on due.session_id = session.id
 where session.occupied_during is distinct from due.period
   and (session.occupied_during is null or due.period is null or not peer_exchange.are_sessions_guarded())
