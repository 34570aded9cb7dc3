-- $1 sessions, $2 and $3 when each starts and ends; NULL for one that takes no time.
update public.client_sessions as session
   set occupied_during = case when due.starts_at is not null then tstzrange(due.starts_at, due.ends_at) end
  from unnest($1, $2, $3) as due (session_id, starts_at, ends_at)
 where due.session_id = session.id
