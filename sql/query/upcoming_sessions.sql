-- $1 the person who leaves, $2 default time zone. Peer sessions on either side that have not begun,
-- locked in the order of their ids.
select session.id
  from public.client_sessions as session
  left join public.practitioner_availability as published on published.user_id = session.therapist_id
 where (session.therapist_id = $1 or session.client_id = $1)
   and session.is_peer_booking
   and session.status::text in ('scheduled', 'confirmed', 'pending_payment', 'pending_approval')
   and (session.session_date + session.start_time)
         at time zone coalesce(nullif(btrim(published.timezone::text), ''), $2) > now()
 order by session.id
   for no key update of session
