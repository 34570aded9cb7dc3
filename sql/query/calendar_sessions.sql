-- To follow `select`, what each session is called and written_places.sql, and to be followed by which sessions are wanted. $1 the person in whose calendar
-- they are.
--
-- Dates beyond the calendar are drawn to its ends and long texts to their beginnings, as where her sessions are listed.
     , session.id,
       session.therapist_id is distinct from $1 as is_client,
       coalesce(session.status::text, '') as status,
       -- Without a status it is none.
       coalesce(peer_exchange.is_expired_hold(session.status::text, session.expires_at), false) as is_expired_hold,
       moment.*,
       left(session.notes::text, 10000) as notes,
       session.credit_cost::bigint as credit_cost,
       case when session.therapist_id is distinct from $1 then session.therapist_id else session.client_id end as counterpart_id,
       session.therapist_id,
       coalesce(moved.times, 0)    as moves,
       greatest(session.created_at::timestamptz, session.accepted_at::timestamptz, session.cancelled_at::timestamptz,
                moved.latest_at)   as changed_at
  from (select given.*
          from public.client_sessions as given
         where given.therapist_id = $1
           and given.is_peer_booking
         union all
        select received.*
          from public.client_sessions as received
         where received.client_id = $1
           and received.therapist_id is distinct from $1
           and received.is_peer_booking) as session
 cross join lateral (
       select count(*) as times, max(move.moved_at) as latest_at
         from peer_exchange.session_moves as move
        where move.session_id = session.id) as moved
 cross join lateral peer_exchange.time_of_session(
       session.occupied_during, session.occupied_timezone, session.therapist_id,
       greatest(date '0001-02-01', least(date '9999-12-31', session.session_date)), session.start_time,
       session.duration_minutes) as moment
