-- Completes end_session.sql, but for what is to be kept besides.
  from public.client_sessions as former
 where session.id = $1
   and former.id = $1
returning session.occupied_during is null
      and session.held_credits is not distinct from case when not $2 then former.held_credits end
      and (session.settled_at is not null) = $2
      and (session.no_show_reported_at is not null) = ($3 or former.no_show_reported_at is not null)
      and session.no_show_reported_by is not distinct from case when $3 then $4 else former.no_show_reported_by end
      and (session.disputed_at is not null) = (session.status::text = 'disputed' or former.disputed_at is not null)
      and session.accepted_at is not distinct from former.accepted_at
      and
