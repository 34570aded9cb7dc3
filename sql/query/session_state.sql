-- $1 a locked session. What was said of it since it began.
select coalesce(session.status::text, '') as status,
       session.no_show_reported_at::timestamptz as reported_at,
       coalesce(session.no_show_reported_by = session.client_id, false) as is_reported_by_client,
       session.settled_at is not null as is_settled
  from public.client_sessions as session
 where session.id = $1
