-- $1 locked sessions. Those about whose credits nobody has the last word yet.
select session.id
  from public.client_sessions as session
 where session.id = any ($1)
   and (session.held_credits > 0
        or peer_exchange.awaits_decision(session.status::text, session.no_show_reported_at, session.settled_at))
 order by session.id
