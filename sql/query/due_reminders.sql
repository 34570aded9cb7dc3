-- $1 how many minutes before the start people are reminded, $2 how many sessions at most.
--
-- Of several moments that have passed only the one nearest to the start reminds: after an outage people
-- are told once. If that one had passed before the session was paid for, or moved there, it reminds
-- nobody: they have just been told.
--
-- Sessions are found in the order of their starts, in client_sessions_start_idx: what this takes grows with those that
-- begin within the earliest of the moments, and with nothing else.
with horizon as materialized (
  select tstzrange(now(), null)                                       as now,
         tstzrange(now() + make_interval(mins => max(minutes)), null) as earliest
    from unnest($1) as minutes
), unsent as materialized (
  select near.id, lower(near.occupied_during) as starts_at, passed.minutes_before
    from public.client_sessions as near
   cross join lateral (
         select array_agg(minutes order by minutes) as minutes_before
           from unnest($1) as minutes
          where lower(near.occupied_during) - make_interval(mins => minutes) <= now()) as passed
   where near.is_peer_booking
     -- Periods are ordered by their beginnings.
     and near.occupied_during > (select horizon.now from horizon)
     and near.occupied_during <= (select horizon.earliest from horizon)
     and peer_exchange.is_planned_status(near.status::text)
     and not exists (select from peer_exchange.sent_reminders as sent
                      where sent.starts_at = lower(near.occupied_during)
                        and sent.session_id = near.id
                        and sent.minutes_before = passed.minutes_before[1])
     and not exists (select from peer_exchange.postponed_sessions as postponed
                      where postponed.session_id = near.id
                        and postponed.job = 'send_due_reminders'
                        and postponed.until > now())
)
select unsent.id, unsent.starts_at, unsent.minutes_before
  from unsent
 -- What was paid and given back again is not paid; what is held for it is as good as paid.
 where (select greatest(max(entry.created_at) filter (where entry.transaction_type in ('session_payment', 'session_hold')),
                        (select accepted.accepted_at from public.client_sessions as accepted where accepted.id = unsent.id),
                        (select max(moved.moved_at)
                           from peer_exchange.session_moves as moved
                          where moved.session_id = unsent.id))
          from public.credit_transactions as entry
         where entry.session_id = unsent.id
           and entry.transaction_type in ('session_payment', 'refund', 'session_hold', 'session_hold_release')
        having sum(case entry.transaction_type when 'session_payment' then 1 when 'refund' then -1 else 0 end
                   * abs(peer_exchange.whole_credits(entry.amount::bigint)::bigint)
                   + peer_exchange.held_change(entry.held_before::bigint, entry.held_after::bigint)) > 0)
       <= unsent.starts_at - make_interval(mins => unsent.minutes_before[1])
 order by unsent.starts_at, unsent.id
 limit $2
