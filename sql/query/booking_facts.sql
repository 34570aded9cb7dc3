-- $1 client, $2 practitioner, $3 date, $4 time, $5 duration in minutes, $6 product, $7 default time
-- zone, $8 buffer in minutes, $9 the session itself where it exists already.
with availability as (
  select coalesce(nullif(btrim(published.timezone::text), ''), $7) as timezone,
         published.working_hours::text                             as working_hours
    from (select) as always
    left join public.practitioner_availability as published on published.user_id = $2
   limit 1
), product as (
  select offered.credit_cost::integer as credit_cost,
         case when offered.duration_minutes > 0 then offered.duration_minutes::integer end
           as duration_minutes
    from public.practitioner_products as offered
   where offered.id = $6 and offered.practitioner_id = $2 and offered.is_active
), slot as (
  select availability.timezone,
         $3 + $4 as local_start,
         ($3 + $4) at time zone availability.timezone as starts_at,
         ($3 + $4) at time zone availability.timezone
           + make_interval(mins => coalesce((select product.duration_minutes from product), $5))
           as ends_at
    from availability
)
select now()                                          as now,
       slot.local_start,
       slot.ends_at at time zone slot.timezone        as local_end,
       slot.starts_at,
       slot.ends_at,
       availability.working_hours,
       exists (select from product)                   as has_product,
       (select product.credit_cost from product)      as product_credit_cost,
       (select product.duration_minutes from product) as product_duration_minutes,
       block.starts_at                                as block_starts_at,
       block.ends_at                                  as block_ends_at,
       engagement.session_ids,
       engagement.practitioner_ids,
       engagement.client_ids,
       engagement.starts_at                           as engagement_starts_at,
       engagement.ends_at                             as engagement_ends_at,
       engagement.are_expired_holds
  from slot
 cross join availability
 cross join lateral (
       select array_agg(event.start_time::timestamptz) as starts_at,
              array_agg(event.end_time::timestamptz)   as ends_at
         from public.calendar_events as event
        where event.user_id = $2
          and event.status::text = 'confirmed'
          and event.event_type::text in ('block', 'unavailable')
          and event.start_time < slot.ends_at
          and event.end_time > slot.starts_at) as block
 cross join lateral (
       select array_agg(session.id)           as session_ids,
              array_agg(session.therapist_id) as practitioner_ids,
              array_agg(session.client_id)    as client_ids,
              array_agg(lower(session.occupied_during)) as starts_at,
              array_agg(upper(session.occupied_during)) as ends_at,
              array_agg(session.status::text = 'pending_payment'
                        and coalesce(session.expires_at <= now(), false)) as are_expired_holds
         from public.client_sessions as session
        where session.occupied_during
              && tstzrange(slot.starts_at - make_interval(mins => $8),
                           slot.ends_at + make_interval(mins => $8))
          and (session.therapist_id in ($1, $2) or session.client_id in ($1, $2))
          and session.id is distinct from $9) as engagement
