-- $1 session.
select session.id,
       session.therapist_id,
       session.client_id,
       coalesce(session.is_peer_booking, false) as is_peer_booking,
       session.status::text                     as status,
       -- A start at 24:00 is midnight of the next day.
       (session.session_date + session.start_time)::date                        as session_date,
       coalesce((session.session_date + session.start_time)::time, time '00:00') as start_time,
       session.duration_minutes::integer        as duration_minutes,
       start.starts_at,
       start.starts_at <= now()                                                  as has_begun
  from public.client_sessions as session
 cross join lateral (
       -- A practitioner who changes her time zone later moves no session.
       select coalesce(lower(session.occupied_during),
                       (session.session_date + session.start_time)
                         at time zone (select hours.timezone
                                         from peer_exchange.hours_of(session.therapist_id) as hours))
                as starts_at
       offset 0) as start
 where session.id = $1
