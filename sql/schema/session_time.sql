-- When a session takes place, as an instant: local wall-clock time in the practitioner's time zone.

create function peer_exchange.time_zone_of(p_practitioner_id uuid) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select hours.timezone from peer_exchange.hours_of(p_practitioner_id) as hours
$$;

comment on function peer_exchange.time_zone_of(uuid) is
  'The time zone that a practitioner has published, else the setting peer_exchange.timezone.';

-- Postgres inlines this, so that setup() computes it for all sessions at once. A date beyond these years, in some time
-- zone, may be no instant any more.
create function peer_exchange.occupied_during(
  p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text,
  p_expires_at timestamptz)
returns tstzrange
language sql stable parallel safe
as $$
  select case
           when peer_exchange.is_active_status(p_status)
                and not peer_exchange.is_expired_hold(p_status, p_expires_at)
                and p_duration_minutes > 0
                and p_session_date between date '0001-01-01' and date '9999-12-31'
                and p_start_time is not null
           then tstzrange((p_session_date + p_start_time) at time zone p_timezone,
                          (p_session_date + p_start_time) at time zone p_timezone
                            + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.occupied_during(text, date, time, integer, text, timestamptz) is
  'The time that a session takes of its parties while its status is an active one and it is no expired hold, else NULL.';
