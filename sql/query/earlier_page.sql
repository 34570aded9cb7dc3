-- $5 whether the upcoming ones are wanted as well. Latest first.
--
-- The indexes are in the order of dates on different people's calendars, which is not that of instants; but
-- two sessions whose dates are more than sixteen days apart begin in the order of their dates. So as many
-- as are wanted are looked up by date among those that belong on the page for certain, and then all that
-- may come before the last of them. Dates that were drawn to an end of the calendar say nothing of their
-- order, and are read all.
, oldest as (
  select greatest(date '0001-02-01', least(date '9999-12-01', min(nearest.session_date))) - 16 as day
    from (select side.session_date
            from ((select given.session_date
                     from public.client_sessions as given
                    where given.therapist_id = $1
                      and given.is_peer_booking
                      and given.session_date <= least(($2 at time zone 'UTC')::date - 8,
                                                      case when not $5 then (now() at time zone 'UTC')::date - 17 end)
                    order by given.session_date desc
                    limit $4)
                  union all
                  (select received.session_date
                     from public.client_sessions as received
                    where received.client_id = $1
                      and received.therapist_id is distinct from $1
                      and received.is_peer_booking
                      and received.session_date <= least(($2 at time zone 'UTC')::date - 8,
                                                         case when not $5 then (now() at time zone 'UTC')::date - 17 end)
                    order by received.session_date desc
                    limit $4)) as side
           order by side.session_date desc
           limit $4) as nearest
  -- Where there are fewer, the page may be the last one.
  having count(*) = $4
)
select mine.*
  from mine
 where mine.filed_under <= case when $2 < timestamptz '9999-12-01 00:00+00' then ($2 at time zone 'UTC')::date + 8
                                else date 'infinity' end
   and mine.filed_under >= coalesce((select oldest.day from oldest where oldest.day >= '0001-03-01'), date '-infinity')
   and (mine.starts_at, mine.id) < ($2, $3)
   and ($5 or not mine.is_upcoming)
 order by mine.starts_at desc, mine.id desc
 limit $4
