-- When a session takes place, as an instant: local wall-clock time in the practitioner's time zone.

create function peer_exchange.time_zone_of(p_practitioner_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- setup() asks before it has made the table or its columns.
  if not peer_exchange.has_column(peer_exchange.host_table('practitioner_availability'), 'timezone') then
    return peer_exchange.default_time_zone();
  end if;
  return peer_exchange.published_time_zone(
    (select availability.timezone::text
       from public.practitioner_availability as availability
      where availability.user_id = p_practitioner_id
      limit 1));
end $$;

comment on function peer_exchange.time_zone_of(uuid) is
  'The time zone that a practitioner has published, else the setting peer_exchange.timezone.';

create function peer_exchange.occupied_during(
  p_status text, p_session_date date, p_start_time time, p_duration_minutes integer, p_timezone text,
  p_expires_at timestamptz)
returns tstzrange
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
           when peer_exchange.is_active_status(p_status)
                and not peer_exchange.is_expired_hold(p_status, p_expires_at)
                and p_duration_minutes > 0
           then tstzrange((p_session_date + p_start_time) at time zone p_timezone,
                          (p_session_date + p_start_time) at time zone p_timezone
                            + make_interval(mins => p_duration_minutes))
         end
$$;

comment on function peer_exchange.occupied_during(text, date, time, integer, text, timestamptz) is
  'The time that a session takes of its parties while its status is an active one and it is no expired hold, else NULL.';
