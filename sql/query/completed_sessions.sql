-- What a practitioner has completed, and how it was rated, by one scan of client_sessions_completed_idx. To be joined where
-- she is called practitioner. Columns that the application lacks are found one level further out.
 cross join lateral (
       select count(*)                              as completed_sessions,
              count(given.stars)                    as count_of_stars,
              round(avg(given.stars), 2)::float8    as average_of_stars
         from (values (null, null)) as lacking (rating, rated_at)
        cross join lateral (
              select peer_exchange.stars(rating, rated_at) as stars
                from public.client_sessions as session
               where session.therapist_id = practitioner.id
                 and session.is_peer_booking
                 and session.status = 'completed') as given) as completed
