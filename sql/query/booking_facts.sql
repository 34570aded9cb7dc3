-- $1 client, $2 practitioner, $3 start on the practitioner's wall clock, NULL where there is none, $4 duration in
-- minutes, $5 product, $6 default time zone, $7 buffer in minutes, $8 the session itself where it exists already.
--
-- What a booking is decided on but for people and balances. Read after both are locked, so that it is younger
-- than whatever the locks waited for.
select now()                          as now,
       published.working_hours,
       product.is_offered is not null as has_product,
       product.credit_cost            as product_credit_cost,
       product.duration_minutes       as product_duration_minutes,
       slot.starts_at                 as slot_starts_at,
       slot.ends_at                   as slot_ends_at,
       slot.ends_at at time zone published.timezone as slot_local_end,
       block.starts_at                as block_starts_at,
       block.ends_at                  as block_ends_at,
       engagement.session_ids,
       engagement.practitioner_ids,
       engagement.client_ids,
       engagement.starts_at           as engagement_starts_at,
       engagement.ends_at             as engagement_ends_at,
       engagement.are_expired_holds
  from (select coalesce(nullif(btrim(hours.timezone::text), ''), $6) as timezone,
               hours.working_hours::text                             as working_hours
          from (select) as always
          left join public.practitioner_availability as hours on hours.user_id = $2
         limit 1) as published
  left join lateral (
       select true as is_offered,
              offered.credit_cost::integer as credit_cost,
              case when offered.duration_minutes > 0 then offered.duration_minutes::integer end as duration_minutes
         from public.practitioner_products as offered
        where offered.id = $5
          and offered.practitioner_id = $2
          and offered.is_active) as product on true
 cross join lateral (select $3 at time zone published.timezone as starts_at offset 0) as start
 cross join lateral (
       select start.starts_at,
              start.starts_at + make_interval(mins => coalesce(product.duration_minutes, $4)) as ends_at
       offset 0) as slot
 cross join lateral (
       select array_agg(found.starts_at) as starts_at,
              array_agg(found.ends_at)   as ends_at
         from peer_exchange.blocks_of($2, tstzrange(slot.starts_at, slot.ends_at)) as found
        where slot.starts_at is not null) as block
 cross join lateral (
       select array_agg(found.session_id)      as session_ids,
              array_agg(found.practitioner_id) as practitioner_ids,
              array_agg(found.client_id)       as client_ids,
              array_agg(found.starts_at)       as starts_at,
              array_agg(found.ends_at)         as ends_at,
              array_agg(found.is_expired_hold) as are_expired_holds
         from (values ($1), ($2)) as party (id)
        cross join lateral peer_exchange.engagements_of(
                party.id,
                tstzrange(slot.starts_at - make_interval(mins => $7), slot.ends_at + make_interval(mins => $7)))
              as found
        where slot.starts_at is not null
          and found.session_id is distinct from $8) as engagement
