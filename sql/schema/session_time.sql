-- When a session takes place, as an instant, and what a clock shows then. What its row says is local wall-clock time in
-- the time zone that its practitioner had published when it was promised.

create function peer_exchange.time_zone_of(p_practitioner_id uuid) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select hours.timezone from peer_exchange.hours_of(p_practitioner_id) as hours
$$;

comment on function peer_exchange.time_zone_of(uuid) is
  'The time zone that a practitioner has published, else the setting peer_exchange.timezone.';

-- Postgres inlines those that follow, so that setup() computes them for all sessions at once.

-- A date beyond these years, in some time zone, may be no instant any more.
create function peer_exchange.written_start(p_session_date date, p_start_time time) returns timestamp
language sql immutable parallel safe
as $$
  select case when p_session_date between date '0001-01-01' and date '9999-12-31' then p_session_date + p_start_time end
$$;

comment on function peer_exchange.written_start(date, time) is
  'The wall clock that the row of a session writes; NULL where it writes none that could be an instant.';

create function peer_exchange.whole_minutes(p_minutes bigint) returns integer
language sql immutable parallel safe
as $$
  select least(greatest(p_minutes, 0), 2147483647)::integer
$$;

comment on function peer_exchange.whole_minutes(bigint) is
  'A duration as it can be counted with, whatever an application has stored: 0 for none.';

create function peer_exchange.occupied_during(
  p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text,
  p_expires_at timestamptz)
returns tstzrange
language sql stable parallel safe
as $$
  select case
           when peer_exchange.is_active_status(p_status, p_expires_at)
                and not peer_exchange.is_expired_hold(p_status, p_expires_at)
                and p_duration_minutes > 0
                and peer_exchange.written_start(p_session_date, p_start_time) is not null
           then tstzrange(peer_exchange.written_start(p_session_date, p_start_time) at time zone p_timezone,
                          peer_exchange.written_start(p_session_date, p_start_time) at time zone p_timezone
                            + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.occupied_during(text, date, time, integer, text, timestamptz) is
  'The time that a session takes of its parties while its status is an active one and it is no expired hold, else NULL.';

-- A practitioner who publishes another time zone later changes nothing that was promised. A session from before zones were
-- kept, or in one that Postgres has ceased to know, is told in the one that its practitioner has published.
create function peer_exchange.time_of_session(
  p_occupied_during tstzrange, p_occupied_timezone text, p_practitioner_id uuid,
  p_session_date date, p_start_time time, p_duration_minutes bigint)
returns table (timezone text, starts_at timestamptz, ends_at timestamptz, local_start timestamp, duration_minutes integer)
language sql stable
as $$
  select zone.name,
         start.at,
         coalesce(upper(p_occupied_during),
                  start.at + make_interval(mins => peer_exchange.whole_minutes(p_duration_minutes))),
         start.at at time zone zone.name,
         peer_exchange.whole_minutes(p_duration_minutes)
    from (select case when peer_exchange.is_time_zone(p_occupied_timezone) then p_occupied_timezone
                      else (select hours.timezone from peer_exchange.hours_of(p_practitioner_id) as hours)
                 end as name
          offset 0) as zone
   cross join lateral (
         select coalesce(lower(p_occupied_during),
                         peer_exchange.written_start(p_session_date, p_start_time) at time zone zone.name) as at
         offset 0) as start
$$;

comment on function peer_exchange.time_of_session(tstzrange, text, uuid, date, time, bigint) is
  'What people are told of the time of a session: its instants, and what a clock shows at its start in the time zone in which it was promised. NULL where its row says no time. A start that the clock skips is told as the clock shows it.';

-- Where clocks are set back at midnight, it comes twice, and Postgres takes the second one. Then the hour between them is
-- one of the day, too.
create function peer_exchange.day_begins_at(p_day date, p_timezone text) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when former.at at time zone p_timezone = p_day then least(former.at, midnight.at) else midnight.at end
    from (select p_day::timestamp at time zone p_timezone as at) as midnight
   cross join lateral (
         select case when isfinite(p_day)
                     then midnight.at - ((midnight.at - interval '24 hours') at time zone p_timezone
                                         - (midnight.at at time zone p_timezone - interval '24 hours')) end as at) as former
$$;

comment on function peer_exchange.day_begins_at(date, text) is
  'The first instant at which the calendar of a time zone shows a day.';
