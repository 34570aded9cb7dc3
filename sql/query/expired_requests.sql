-- Requests that nobody accepted in time and for which credits are held still. To be followed by what they are joined with, by
-- are_expired_requests.sql, by whose or how many they are and how they are locked; and by facts_of_expired_requests.sql, which,
-- as with session.sql, is computed above the locks.
with session as materialized (
  select session.id,
         session.client_id,
         session.therapist_id,
         session.session_date,
         session.start_time,
         session.duration_minutes,
         session.occupied_during,
         session.occupied_timezone
    from public.client_sessions as session
