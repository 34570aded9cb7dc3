-- $1 practitioner, $2 and $3 a period, which may be over and of which either end may be open; $4 a time zone. The peer sessions
-- that she gives in it from now on, with what a clock of that zone shows.
select given.id,
       coalesce(given.status::text, '')       as status,
       given.client_id                        as counterpart_id,
       moment.*,
       moment.starts_at at time zone $4       as slot_local_start,
       moment.ends_at at time zone $4         as slot_local_end
  from public.client_sessions as given
 cross join lateral peer_exchange.time_of_session(
       given.occupied_during, given.occupied_timezone, given.therapist_id, given.session_date, given.start_time,
       given.duration_minutes) as moment
 where given.therapist_id = $1
   and given.is_peer_booking
   and given.occupied_during && tstzrange($2, $3)
   and given.occupied_during && tstzrange(now(), null)
   and not peer_exchange.is_expired_hold(given.status::text, given.expires_at)
 order by moment.starts_at, given.id
