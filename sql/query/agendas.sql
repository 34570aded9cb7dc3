-- $1 people, $2 time zones, $3 starts on the wall clock, $4 duration in minutes, $5 buffer in minutes. Each start is
-- turned into an instant once a time zone; one row a person.
with zone as materialized (
  select name.zone,
         array_agg(slot.starts_at order by start.position) as starts_at,
         array_agg(slot.starts_at + make_interval(mins => $4) order by start.position) as ends_at,
         array_agg(slot.starts_at at time zone name.zone order by start.position) as local_starts,
         array_agg((slot.starts_at + make_interval(mins => $4)) at time zone name.zone order by start.position)
           as local_ends,
         min(slot.starts_at)                             as first_starts_at,
         max(slot.starts_at) + make_interval(mins => $4) as last_ends_at
    from unnest($2) as name (zone)
   cross join unnest($3) with ordinality as start (local_start, position)
   cross join lateral (select start.local_start at time zone name.zone as starts_at) as slot
   group by name.zone
), span as (
  select min(zone.first_starts_at) as starts_at,
         max(zone.last_ends_at)    as ends_at
    from zone
)
select person.id,
       zone.zone         as timezone,
       hours.working_hours,
       (select peer_exchange.is_made_by_setup('practitioner_availability')) as is_table_of_setup,
       zone.starts_at    as slot_starts_at,
       zone.ends_at      as slot_ends_at,
       zone.local_starts as slot_local_starts,
       zone.local_ends   as slot_local_ends,
       agenda.*
  from unnest($1) as person (id)
 cross join span
 cross join lateral peer_exchange.hours_of(person.id) as hours
  left join zone on zone.zone = hours.timezone
 cross join lateral peer_exchange.agenda_of(person.id, null, span.starts_at, span.ends_at, $5, null) as agenda
