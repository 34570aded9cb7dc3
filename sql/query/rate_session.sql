-- $1 session, $2 stars, $3 what is said.
update public.client_sessions as session
   set rating = $2, rating_comment = $3, rated_at = now()
 where session.id = $1
returning peer_exchange.rating_told(session.rating, session.rating_comment, session.rated_at)::text as rating
