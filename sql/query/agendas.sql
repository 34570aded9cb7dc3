-- $1 people, $2 time zones, $3 starts on the wall clock, $4 duration in minutes, $5 default time zone,
-- $6 buffer in minutes. Each start is turned into an instant once a time zone; one row a person.
with zone as materialized (
  select name.zone,
         array_agg(slot.starts_at order by start.position) as starts_at,
         array_agg(slot.starts_at + make_interval(mins => $4) order by start.position) as ends_at,
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
       zone.zone                     as timezone,
       published.working_hours,
       zone.starts_at                as slot_starts_at,
       zone.ends_at                  as slot_ends_at,
       zone.local_ends               as slot_local_ends,
       block.starts_at               as block_starts_at,
       block.ends_at                 as block_ends_at,
       engagement.session_ids,
       engagement.practitioner_ids,
       engagement.client_ids,
       engagement.starts_at          as engagement_starts_at,
       engagement.ends_at            as engagement_ends_at,
       engagement.are_expired_holds
  from unnest($1) as person (id)
 cross join span
  left join lateral (
       select nullif(btrim(availability.timezone::text), '') as timezone,
              availability.working_hours::text               as working_hours
         from public.practitioner_availability as availability
        where availability.user_id = person.id
        limit 1) as published on true
  left join zone on zone.zone = coalesce(published.timezone, $5)
 cross join lateral (
       select array_agg(found.starts_at) as starts_at,
              array_agg(found.ends_at)   as ends_at
         from peer_exchange.blocks_of(person.id, tstzrange(span.starts_at, span.ends_at)) as found) as block
 cross join lateral (
       select array_agg(found.session_id)      as session_ids,
              array_agg(found.practitioner_id) as practitioner_ids,
              array_agg(found.client_id)       as client_ids,
              array_agg(found.starts_at)       as starts_at,
              array_agg(found.ends_at)         as ends_at,
              array_agg(found.is_expired_hold) as are_expired_holds
         from peer_exchange.engagements_of(
                person.id,
                tstzrange(span.starts_at - make_interval(mins => $6),
                          span.ends_at + make_interval(mins => $6))) as found) as engagement
