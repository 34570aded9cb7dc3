-- $1 session, $2 stars, $3 what is said. The row is locked; whatever a trigger of the application makes of it, what has been
-- decided of the session is to stay.
update public.client_sessions as session
   set rating = $2, rating_comment = $3, rated_at = now()
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning peer_exchange.rating_told(session.rating, session.rating_comment, session.rated_at)::text as rating,
          (session.id, session.therapist_id, session.client_id, session.is_peer_booking, session.status, session.payment_status,
           session.session_date, session.start_time, session.duration_minutes, session.product_id, session.credit_cost,
           session.held_credits, session.occupied_during, session.no_show_reported_at, session.disputed_at, session.settled_at)
          is not distinct from
          (former.id, former.therapist_id, former.client_id, former.is_peer_booking, former.status, former.payment_status,
           former.session_date, former.start_time, former.duration_minutes, former.product_id, former.credit_cost,
           former.held_credits, former.occupied_during, former.no_show_reported_at, former.disputed_at, former.settled_at)
          as is_the_same_otherwise
