-- Follows session.sql. In the order of their ids, so that locks are always taken in it.
         as wanted (id, former_start)
    join public.client_sessions as session on session.id = wanted.id
   order by session.id
