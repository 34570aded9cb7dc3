-- $1 how many requests at most. Those whose practitioner is to be reminded to answer, once each, and who has not been: less
-- than a quarter of their time is left, or less than 12 hours. They are found in client_sessions_request_idx.
--
-- Reminded is marked beside the reminders of sessions, as one of no minutes before. A request or a party that somebody is
-- changing right now is left to the next run. Where another run was faster, the mark is found by its key, and nothing is
-- returned.
with request as materialized (
  select session.id, session.client_id, session.therapist_id, session.occupied_during, session.occupied_timezone,
         session.session_date, session.start_time, session.duration_minutes, session.held_credits,
         session.requested_at, session.expires_at
    from public.client_sessions as session
    join public.users as client       on client.id = session.client_id
    join public.users as practitioner on practitioner.id = session.therapist_id
   where session.held_credits > 0
     and session.accepted_at is null
     and session.expires_at > now()
     and session.status::text = 'pending_approval'
     -- What has no end is never near it, and can't be subtracted from.
     and session.expires_at - case when isfinite(session.expires_at) and isfinite(session.requested_at)
                                   then least((session.expires_at - session.requested_at) / 4, interval '12 hours')
                                   else interval '12 hours' end <= now()
     and not exists (select from peer_exchange.sent_reminders as sent
                      where sent.starts_at = lower(session.occupied_during)
                        and sent.session_id = session.id
                        and sent.minutes_before = 0)
   order by session.expires_at
   limit $1
     for no key update of session skip locked
     for key share of client, practitioner skip locked
), mark as (
  insert into peer_exchange.sent_reminders (session_id, starts_at, minutes_before)
  select request.id, lower(request.occupied_during), 0
    from request
      on conflict do nothing
  returning session_id
)
select request.id,
       request.client_id,
       request.therapist_id,
       moment.*,
       peer_exchange.whole_credits(request.held_credits::bigint) as credits,
       request.requested_at::timestamptz  as requested_at,
       request.expires_at::timestamptz    as expires_at,
       coalesce((select account.balance::bigint from public.credits as account
                  where account.user_id = request.therapist_id limit 1), 0) as practitioner_balance
  from request
 cross join lateral peer_exchange.time_of_session(
       request.occupied_during, request.occupied_timezone, request.therapist_id, request.session_date,
       request.start_time, request.duration_minutes) as moment
 where request.id in (select mark.session_id from mark)
