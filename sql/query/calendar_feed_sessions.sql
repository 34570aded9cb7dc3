-- $2 how many. Those that have ended within ninety days and all that are to come; the latest first, so that the oldest are
-- left out where there are more. No session lasts longer than a week, and no zone is as far as a day from UTC.
 where session.session_date >= (now() at time zone 'UTC')::date - 99
   and moment.ends_at > now() - interval '90 days'
 order by moment.starts_at desc, session.id
 limit $2
