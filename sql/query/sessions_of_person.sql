-- $1 person, $2 and $3 the instant and the session at which the page begins, $4 how many
-- sessions. What is asked of them follows in upcoming_page.sql or earlier_page.sql.
--
-- Whatever a party has written into one of her rows, the other party can list hers: a zone that nobody
-- knows gives way to the default, and dates beyond the calendar are drawn to its ends.
with mine as (
  select session.id,
         session.is_client,
         session.session_date             as filed_under,
         session.status::text             as status,
         session.payment_status::text     as payment_status,
         -- A start at 24:00 is midnight of the next day.
         start.local_at::date             as session_date,
         start.local_at::time             as start_time,
         zone.name                        as timezone,
         start.at                         as starts_at,
         ending.at                        as ends_at,
         session.duration_minutes::integer as duration_minutes,
         session.session_type::text       as session_type,
         session.notes::text              as notes,
         session.credit_cost::integer     as credit_cost,
         session.counterpart_id,
         session.cancelled_at::timestamptz as cancelled_at,
         session.cancellation_reason::text as cancellation_reason,
         -- No booking lasts longer than a week, and no zone is as far as a week from UTC: what was to begin
         -- before that is over.
         session.session_date >= (now() at time zone 'UTC')::date - 16
           and ending.at > now()
           and peer_exchange.is_open_status(session.status::text)
           and not peer_exchange.is_expired_hold(session.status::text, session.expires_at) as is_upcoming
    from (select given.*, false as is_client, given.client_id as counterpart_id
            from public.client_sessions as given
           where given.therapist_id = $1
             and given.is_peer_booking
           union all
          select received.*, true, received.therapist_id
            from public.client_sessions as received
           where received.client_id = $1
             and received.therapist_id is distinct from $1
             and received.is_peer_booking) as session
   cross join lateral (
         select case when peer_exchange.is_time_zone(hours.timezone) then hours.timezone
                     else peer_exchange.time_zone_or_default(hours.timezone)
                end as name
           from peer_exchange.hours_of(session.therapist_id) as hours
         offset 0) as zone
   cross join lateral (
         select day.at + session.start_time as local_at,
                -- A practitioner who changes her time zone later moves no session.
                coalesce(lower(session.occupied_during),
                         (day.at + session.start_time) at time zone zone.name) as at
           from (select greatest(date '0001-02-01', least(date '9999-12-31', session.session_date)) as at) as day
         offset 0) as start
   cross join lateral (
         select coalesce(upper(session.occupied_during),
                         start.at + make_interval(mins => session.duration_minutes::integer)) as at) as ending
)
