-- What the row of a session says of its rating. To be selected where the row is called session. A column that it lacks is found
-- one level further out.
(select (select peer_exchange.rating_told(rating, rating_comment::text, rated_at)::text
           from (select session.*) as row_of_session)
   from (values (null, null, null)) as lacking (rating, rating_comment, rated_at)) as rating
