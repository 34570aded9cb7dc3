-- The days that figures are asked for, and where they begin and end. A day is one in a single time zone,
-- whoever did something on it: that of the setting unless another one is asked for.

create function peer_exchange.figure_time_zone(p_timezone text) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_timezone is not null and not peer_exchange.is_time_zone(p_timezone) then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = format('p_timezone is none that pg_timezone_names lists: %s', quote_literal(p_timezone));
  end if;
  return coalesce(p_timezone, peer_exchange.default_time_zone());
end $$;

comment on function peer_exchange.figure_time_zone(text) is
  'The time zone that figures are asked for in, else the setting peer_exchange.timezone.';

create function peer_exchange.figure_period(p_from date, p_to date, p_timezone text)
returns table (timezone text, first_day date, last_day date, starts_at timestamptz, ends_at timestamptz)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  timezone  := peer_exchange.figure_time_zone(p_timezone);
  last_day  := coalesce(p_to, (now() at time zone timezone)::date);
  first_day := coalesce(p_from, last_day - 89);
  -- In other years the day after may be none any more, and infinite ones have no days at all.
  if first_day < '0001-01-01' or last_day > '9999-12-31' or first_day > last_day or last_day - first_day >= 3660 then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = 'p_from must not be after p_to, at most 3660 days are counted at a time, and in the years 1 to 9999';
  end if;
  starts_at := peer_exchange.day_begins_at(first_day, timezone);
  ends_at   := peer_exchange.day_begins_at(last_day + 1, timezone);
  return next;
end $$;

comment on function peer_exchange.figure_period(date, date, text) is
  'The days that figures are asked for, p_to included, and the instants at which they begin and end; without arguments today and the 89 days before it, in the time zone of the setting.';
