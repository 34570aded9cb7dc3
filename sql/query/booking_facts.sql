-- $1 client, $2 practitioner, $3 start on the wall clock of time zone $4, or of the practitioner's where that is NULL, $5 the
-- start where it was promised before, $6 duration in minutes, $7 product, $8 buffer in minutes, $9 the session itself where
-- it exists already. Both starts are NULL where there is none.
--
-- What a booking is decided on but for people and balances. Read after both are locked, so that it is younger
-- than whatever the locks waited for.
select now()                                      as now,
       hours.working_hours,
       product.is_offered is not null             as has_product,
       product.credit_cost                        as product_credit_cost,
       product.duration_minutes                   as product_duration_minutes,
       slot.starts_at                             as slot_starts_at,
       slot.starts_at + slot.duration             as slot_ends_at,
       slot.timezone,
       slot.starts_at at time zone slot.timezone  as local_start,
       slot.starts_at at time zone hours.timezone as slot_local_start,
       (slot.starts_at + slot.duration) at time zone hours.timezone as slot_local_end,
       agenda.*
  from peer_exchange.hours_of($2) as hours
  left join lateral (
       select true as is_offered,
              offered.credit_cost::bigint as credit_cost,
              case when offered.duration_minutes > 0 then peer_exchange.whole_minutes(offered.duration_minutes::bigint) end as duration_minutes
         from public.practitioner_products as offered
        where offered.id = $7
          and offered.practitioner_id = $2
          and offered.is_active) as product on true
 cross join lateral (
       select coalesce($4, hours.timezone)                               as timezone,
              coalesce($5, $3 at time zone coalesce($4, hours.timezone)) as starts_at,
              make_interval(mins => coalesce(product.duration_minutes, $6)) as duration
       offset 0) as slot
 cross join lateral peer_exchange.agenda_of($2, $1, slot.starts_at, slot.starts_at + slot.duration, $8, $9) as agenda
