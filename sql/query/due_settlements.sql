-- $1 for how many hours sessions wait to be settled, $2 how many at most. Sessions that nobody has completed, and reports of
-- clients that nobody has contradicted, but for those that are postponed; each is asked again under its lock.
select due.id, due.therapist_id, due.client_id
  from ((select unsettled.id, unsettled.therapist_id, unsettled.client_id
           from public.client_sessions as unsettled
          where unsettled.held_credits > 0
            -- Periods are ordered by their beginnings.
            and unsettled.occupied_during < tstzrange(now() - make_interval(hours => $1), null)
            and unsettled.therapist_id is not null
            and unsettled.client_id is not null
            and upper(unsettled.occupied_during) <= now() - make_interval(hours => $1)
            and unsettled.status::text in ('scheduled', 'confirmed', 'in_progress')
            and not exists (select from peer_exchange.postponed_sessions as postponed
                             where postponed.session_id = unsettled.id
                               and postponed.job = 'settle_due_sessions'
                               and postponed.until > now())
          order by unsettled.occupied_during
          limit $2)
        union all
        (select reported.id, reported.therapist_id, reported.client_id
           from public.client_sessions as reported
          where reported.no_show_reported_at is not null
            and reported.settled_at is null
            and reported.therapist_id is not null
            and reported.no_show_reported_at <= now() - make_interval(hours => $1)
            and reported.no_show_reported_by = reported.client_id
            and reported.status::text = 'no_show'
            and not exists (select from peer_exchange.postponed_sessions as postponed
                             where postponed.session_id = reported.id
                               and postponed.job = 'settle_due_sessions'
                               and postponed.until > now())
          order by reported.no_show_reported_at
          limit $2)) as due
 limit $2
