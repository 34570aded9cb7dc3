-- $1 locked sessions. Asked again whether they still wait to be charged: that may have been committed between the moment they
-- were found and the moment they were locked.
select session.id
  from public.client_sessions as session
 where session.id = any ($1)
   and session.is_peer_booking
   and peer_exchange.is_open_status(session.status::text)
   and exists (select from peer_exchange.awaited_charges as awaited where awaited.session_id = session.id)
   and not peer_exchange.was_charged(session.id)
