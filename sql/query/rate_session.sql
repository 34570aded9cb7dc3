-- $1 session, $2 stars, $3 what is said. The row is locked; whatever a trigger of the application makes of it, what has been
-- decided of the session is to stay. What is to be kept besides follows.
update public.client_sessions as session
   set rating = $2, rating_comment = $3, rated_at = now()
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning peer_exchange.rating_told(session.rating, session.rating_comment, session.rated_at)::text as rating,
          (session.status, session.payment_status, session.held_credits, session.occupied_during)
          is not distinct from
          (former.status, former.payment_status, former.held_credits, former.occupied_during)
      and
