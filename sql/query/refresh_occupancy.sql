-- Brings the occupied time of every session in line with its date, time, duration and status.
update public.client_sessions as session
   set occupied_during = due.occupied_during
  from (select candidate.id,
               peer_exchange.occupied_during(candidate.status::text, candidate.session_date,
                 candidate.start_time, candidate.duration_minutes,
                 peer_exchange.time_zone_of(candidate.therapist_id)) as occupied_during
          from public.client_sessions as candidate) as due
 where due.id = session.id
   and due.occupied_during is distinct from session.occupied_during
