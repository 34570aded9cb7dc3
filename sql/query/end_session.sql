-- $1 session, $2 whether that settles it, $3 whether it is a report of a no-show, $4 whose, $5 what was said. What became of
-- the payment is written by a trigger of ours. The status follows, then what_comes_of_its_end.sql.
update public.client_sessions as session
   set occupied_during     = null,
       held_credits        = case when not $2 then session.held_credits end,
       settled_at          = case when $2 then now() end,
       no_show_reported_at = case when $3 then now() else session.no_show_reported_at end,
       no_show_reported_by = case when $3 then $4 else session.no_show_reported_by end,
       no_show_reason      = case when $3 then $5 else session.no_show_reason end,
