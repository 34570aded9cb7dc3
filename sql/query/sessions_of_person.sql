-- Follows `with mine as (select` and what each session is called. $1 person. Which of her sessions are wanted follows: a page of them, in upcoming_page.sql or earlier_page.sql, with $2 and $3
-- the instant and the session at which it begins and $4 how many sessions; or one of them, in one_session.sql.
--
-- Whatever a party has written into one of her rows, the other party can list hers: dates beyond the calendar are drawn to
-- its ends, and texts are no longer than the functions that write them admit. A session without a date or a start is nowhere in time, and so on no page.
         session.id,
         session.therapist_id is distinct from $1 as is_client,
         session.session_date             as filed_under,
         coalesce(session.status::text, '') as status,
         session.payment_status::text     as payment_status,
         moment.*,
         left(session.notes::text, 10000)  as notes,
         session.credit_cost::bigint      as credit_cost,
         session.requested_at is not null as is_request,
         session.accepted_at is not null  as is_accepted,
         session.expires_at::timestamptz  as expires_at,
         case when session.therapist_id is distinct from $1 then session.therapist_id else session.client_id end as counterpart_id,
         session.cancelled_at::timestamptz as cancelled_at,
         left(session.cancellation_reason::text, 2000) as cancellation_reason,
         -- No booking lasts longer than a week, and no zone is as far as a week from UTC: what was to begin
         -- before that is over.
         session.session_date >= (now() at time zone 'UTC')::date - 16
           and moment.ends_at > now()
           and peer_exchange.is_open_status(session.status::text)
           and not peer_exchange.is_expired_hold(session.status::text, session.expires_at) as is_upcoming
    from (select given.*
            from public.client_sessions as given
           where given.therapist_id = $1
             and given.is_peer_booking
           union all
          select received.*
            from public.client_sessions as received
           where received.client_id = $1
             and received.therapist_id is distinct from $1
             and received.is_peer_booking) as session
    cross join lateral peer_exchange.time_of_session(
         session.occupied_during, session.occupied_timezone, session.therapist_id,
         greatest(date '0001-02-01', least(date '9999-12-31', session.session_date)), session.start_time,
         session.duration_minutes) as moment
)
