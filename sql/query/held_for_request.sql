-- $2 session, $3 its client. What is held for a request, and what time it is.
select now() as now, held.credits as held_for_it
  from peer_exchange.held_for_session($2, $3) as held
