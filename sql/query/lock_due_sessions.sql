-- $1 sessions. One that somebody is changing right now is left to the next run.
select session.id
  from public.client_sessions as session
 where session.id = any ($1)
 order by session.id
   for no key update skip locked
