-- $1 names of time zones, $2 a year for each: how far their clocks are ahead of UTC from a day before it to a day after,
-- and from which instant on.
--
-- Postgres' own time zones are asked at every midnight of UTC; where the answer differs from that of the day before, at the
-- hours between, and then at the minutes. A day changes clocks once at most, and on a whole minute.
with asked as (
  select wanted.timezone, day.at,
         extract(epoch from day.at at time zone wanted.timezone - day.at at time zone 'UTC')::integer as offset_seconds
    from unnest($1::text[], $2::integer[]) as wanted (timezone, year)
   cross join generate_series(make_timestamptz(wanted.year, 1, 1, 0, 0, 0, 'UTC') - interval '24 hours',
                              make_timestamptz(wanted.year + 1, 1, 1, 0, 0, 0, 'UTC') + interval '24 hours',
                              interval '24 hours') as day (at)
), compared as (
  select asked.*, lag(asked.offset_seconds) over (partition by asked.timezone order by asked.at) as previous_seconds
    from asked
)
select compared.timezone,
       case when compared.previous_seconds is null then compared.at else minute.at end as at,
       compared.offset_seconds
  from compared
  left join lateral (
       select min(candidate.at) as at
         from generate_series(compared.at - interval '23 hours', compared.at, interval '1 hour') as candidate (at)
        where extract(epoch from candidate.at at time zone compared.timezone - candidate.at at time zone 'UTC')
              = compared.offset_seconds) as hour on compared.offset_seconds <> compared.previous_seconds
  left join lateral (
       select min(candidate.at) as at
         from generate_series(hour.at - interval '59 minutes', hour.at, interval '1 minute') as candidate (at)
        where extract(epoch from candidate.at at time zone compared.timezone - candidate.at at time zone 'UTC')
              = compared.offset_seconds) as minute on hour.at is not null
 where compared.previous_seconds is distinct from compared.offset_seconds
