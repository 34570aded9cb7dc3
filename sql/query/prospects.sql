-- $1 client, NULL for the practitioner's side alone, $2 practitioner, $3 starts on the practitioner's
-- wall clock, or on that of time zone $7 where there is one, $4 duration in minutes, $5 product, $6 buffer in minutes,
-- $8 a session that does not count, since it is the one that would be there.
--
-- What bookings at any of these starts would be decided on but for people and balances, read without a lock.
with availability as (
  select hours.timezone, hours.working_hours, coalesce($7, hours.timezone) as told_in
    from peer_exchange.hours_of($2) as hours
), product as (
  select offered.credit_cost::bigint as credit_cost,
         case when offered.duration_minutes > 0 then peer_exchange.whole_minutes(offered.duration_minutes::bigint) end
           as duration_minutes
    from public.practitioner_products as offered
   where offered.id = $5 and offered.practitioner_id = $2 and offered.is_active
), slot as materialized (
  select start.position,
         start.local_start at time zone availability.told_in as starts_at,
         start.local_start at time zone availability.told_in
           + make_interval(mins => coalesce((select product.duration_minutes from product), $4))
           as ends_at
    from availability
   cross join unnest($3) with ordinality as start (local_start, position)
), slots as (
  select array_agg(slot.starts_at order by slot.position) as starts_at,
         array_agg(slot.ends_at order by slot.position)   as ends_at,
         array_agg(slot.starts_at at time zone availability.timezone order by slot.position)
           as local_starts,
         array_agg(slot.ends_at at time zone availability.timezone order by slot.position)
           as local_ends,
         array_agg(slot.starts_at at time zone availability.told_in order by slot.position)
           as told_starts,
         min(slot.starts_at)                              as first_starts_at,
         max(slot.ends_at)                                as last_ends_at
    from slot
   cross join availability
)
select now()                                          as now,
       availability.told_in                           as timezone,
       availability.working_hours,
       peer_exchange.is_made_by_setup('practitioner_availability') as is_table_of_setup,
       exists (select from product)                   as has_product,
       (select product.credit_cost from product)      as product_credit_cost,
       (select product.duration_minutes from product) as product_duration_minutes,
       slots.starts_at                                as slot_starts_at,
       slots.ends_at                                  as slot_ends_at,
       slots.local_starts                             as slot_local_starts,
       slots.local_ends                               as slot_local_ends,
       slots.told_starts                              as slot_told_starts,
       policy.*,
       agenda.*
  from slots
 cross join availability
 cross join lateral peer_exchange.agenda_of($2, $1, slots.first_starts_at, slots.last_ends_at, $6, $8) as agenda
 cross join lateral peer_exchange.policy_of($2) as policy
