-- $1 session. What happened to it, oldest first, as far as its row, its moves and its client's entries say. Of what happened in
-- one instant, what was said comes before the credits that it moved.
with session as (
  select stored.*
    from public.client_sessions as stored
   where stored.id = $1
), event as (
  select case when session.requested_at is null then 'booked' else 'requested' end as name, 1 as place,
         coalesce(session.requested_at, session.created_at)::timestamptz as at, 'client' as "by", null::integer as credits,
         null as reason,
         null::timestamp as former_clock, null::text as former_timezone, null::timestamptz as former_starts_at,
         null::timestamp as present_clock, null::text as present_timezone, null::timestamptz as present_starts_at
    from session
  union all
  select 'accepted', 2, session.accepted_at, 'practitioner', null, null, null, null, null, null, null, null
    from session where session.accepted_at is not null
  union all
  select 'moved', 3, moved.moved_at,
         case moved.moved_by when session.client_id then 'client' when session.therapist_id then 'practitioner' else 'application' end,
         null, null,
         moved.previous_session_date + moved.previous_start_time, moved.previous_timezone, moved.previous_starts_at,
         moved.session_date + moved.start_time, moved.timezone, moved.starts_at
    from session
    join peer_exchange.session_moves as moved on moved.session_id = session.id
   -- What was asked for by a key and had been so before moved nothing.
   where moved.previous_session_date + moved.previous_start_time <> moved.session_date + moved.start_time
  union all
  select 'no_show_reported', 4, session.no_show_reported_at,
         case session.no_show_reported_by when session.client_id then 'client' when session.therapist_id then 'practitioner' else 'application' end,
         null, session.no_show_reason, null, null, null, null, null, null
    from session where session.no_show_reported_at is not null
  union all
  select 'disputed', 5, session.disputed_at,
         case session.no_show_reported_by when session.client_id then 'practitioner' else 'application' end,
         null, session.dispute_reason, null, null, null, null, null, null
    from session where session.disputed_at is not null
  union all
  select case when session.status::text = 'declined' then 'declined'
              when session.requested_at is not null and session.accepted_at is null and session.cancelled_by = session.client_id then 'withdrawn'
              else 'cancelled' end, 6, session.cancelled_at::timestamptz,
         case session.cancelled_by when session.client_id then 'client' when session.therapist_id then 'practitioner' else 'application' end,
         null, left(session.cancellation_reason::text, 2000), null, null, null, null, null, null
    from session where peer_exchange.is_given_up_status(session.status::text) and session.cancelled_at is not null
  union all
  select 'expired', 6, session.expires_at::timestamptz, 'system', null, null, null, null, null, null, null, null
    from session where session.status::text = 'expired'
  union all
  select 'settled', 7, session.settled_at, null, null, null, null, null, null, null, null, null
    from session where session.settled_at is not null and not peer_exchange.is_given_up_status(session.status::text)
  union all
  select case entry.transaction_type when 'session_hold' then 'held'
                                     when 'session_payment' then 'paid'
                                     when 'session_hold_release' then 'released'
                                     else 'refunded' end, 8, entry.created_at::timestamptz, null,
         peer_exchange.whole_credits(abs(peer_exchange.countable(entry.amount::bigint))), null, null, null, null, null, null, null
    from session
    join public.credit_transactions as entry on entry.session_id = session.id
   where entry.transaction_type in ('session_hold', 'session_payment', 'session_hold_release', 'refund')
)
select event.* from event order by event.at nulls first, event.place, event.name
