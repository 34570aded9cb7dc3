-- $1 the person who leaves, $2 whether the person is deleted. Peer sessions on either side that have not begun, those
-- that say no time among them; of one who is deleted all of them, since foreign keys will change them, and sessions are
-- locked before balances. What had to be waited for is to be read again.
select session.id
  from public.client_sessions as session
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id, session.session_date,
       session.start_time, session.duration_minutes) as moment
 where (session.therapist_id = $1 or session.client_id = $1)
   and session.is_peer_booking
   and ($2 or coalesce(moment.starts_at > now(), true))
 order by session.id
