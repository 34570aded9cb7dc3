-- $1 how old an orphan is at least. Sessions that are being charged right now are passed over.
select session.id
  from peer_exchange.awaited_charges as awaited
  join public.client_sessions as session on session.id = awaited.session_id
 where awaited.since < now() - $1
 order by session.id
   for no key update of session skip locked
