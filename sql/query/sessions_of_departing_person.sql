-- $1 the person who leaves, $2 whether the person is deleted. Peer sessions on either side that have not begun;
-- of one who is deleted all of them, since foreign keys will change them, and sessions are locked before
-- balances. What had to be waited for is to be read again.
select session.id
  from public.client_sessions as session
 where (session.therapist_id = $1 or session.client_id = $1)
   and session.is_peer_booking
   and ($2
        or coalesce(lower(session.occupied_during),
                    (session.session_date + session.start_time)
                      at time zone (select hours.timezone
                                      from peer_exchange.hours_of(session.therapist_id) as hours)) > now())
 order by session.id
