-- $1 the person who leaves, $2 default time zone, $3 whether the person is deleted. Peer sessions on
-- either side that have not begun; of one who is deleted all of them, since foreign keys will change
-- them, and sessions are locked before balances. What had to be waited for is to be read again.
select session.id
  from public.client_sessions as session
  left join public.practitioner_availability as published on published.user_id = session.therapist_id
 where (session.therapist_id = $1 or session.client_id = $1)
   and session.is_peer_booking
   and ($3
        or coalesce(lower(session.occupied_during),
                    (session.session_date + session.start_time)
                      at time zone coalesce(nullif(btrim(published.timezone::text), ''), $2)) > now())
 order by session.id
   for no key update of session
