-- $1 how many minutes before the start people are reminded, $2 how many sessions at most.
--
-- Of several moments that have passed only the one nearest to the start reminds: after an outage people
-- are told once. If that one had passed before the session was paid for, or moved there, it reminds
-- nobody: they have just been told.
--
-- One practitioner after the other is looked up in client_sessions_peer_practitioner_idx, and of each
-- only the days in question: what this takes grows with practitioners and not with sessions.
with recursive practitioner (id) as (
  (select session.therapist_id
     from public.client_sessions as session
    where session.is_peer_booking
    order by session.therapist_id
    limit 1)
  union all
  select (select session.therapist_id
            from public.client_sessions as session
           where session.is_peer_booking
             and session.therapist_id > practitioner.id
           order by session.therapist_id
           limit 1)
    from practitioner
   where practitioner.id is not null
), unsent as materialized (
  select session.id, session.starts_at, passed.minutes_before
    from practitioner
   cross join lateral (
         select near.id, lower(near.occupied_during) as starts_at
           from public.client_sessions as near
          where near.is_peer_booking
            and near.therapist_id = practitioner.id
            -- A day more on either side, for practitioners of every time zone.
            and near.session_date >= (now() at time zone 'UTC')::date - 1
            and near.session_date <= ((now() at time zone 'UTC')
                                      + make_interval(mins => (select max(minutes) from unnest($1) as minutes)))::date + 1
            and lower(near.occupied_during) > now()
            and peer_exchange.is_planned_status(near.status::text)
         -- Keeps the planner from joining all sessions to all practitioners.
         offset 0) as session
   cross join lateral (
         select array_agg(minutes order by minutes) as minutes_before
           from unnest($1) as minutes
          where session.starts_at - make_interval(mins => minutes) <= now()) as passed
   where passed.minutes_before is not null
     and not exists (select from peer_exchange.sent_reminders as sent
                      where sent.starts_at = session.starts_at
                        and sent.session_id = session.id
                        and sent.minutes_before = passed.minutes_before[1])
)
select unsent.id, unsent.starts_at, unsent.minutes_before
  from unsent
 -- What was paid and given back again is not paid.
 where (select greatest(max(entry.created_at) filter (where entry.transaction_type = 'session_payment'),
                        (select max(moved.moved_at)
                           from peer_exchange.session_moves as moved
                          where moved.session_id = unsent.id))
          from public.credit_transactions as entry
         where entry.session_id = unsent.id
           and entry.transaction_type in ('session_payment', 'refund')
        having sum(case entry.transaction_type when 'session_payment' then abs(entry.amount) else -abs(entry.amount) end) > 0)
       <= unsent.starts_at - make_interval(mins => unsent.minutes_before[1])
 order by unsent.starts_at, unsent.id
 limit $2
