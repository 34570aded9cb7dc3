-- To be followed by the sessions that are wanted, with when each began or was to begin where its row says so no longer, else
-- NULL; by wanted_sessions.sql; by how they are locked, if at all; and by session_time.sql.
--
-- What follows from a row is computed above its lock. Beside it, whatever is a subquery stays as it was before the lock was
-- waited for: Postgres looks once more at the row alone.
with session as materialized (
  select session.id,
         session.therapist_id,
         session.client_id,
         session.product_id,
         session.is_peer_booking,
         session.status,
         session.session_date,
         session.start_time,
         session.duration_minutes,
         session.occupied_during,
         session.occupied_timezone,
         session.requested_at,
         session.accepted_at,
         session.expires_at,
         wanted.former_start
    from
