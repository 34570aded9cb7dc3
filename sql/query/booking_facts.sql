-- $1 client, $2 practitioner, $3 date, $4 time, $5 duration in minutes, $6 product, $7 default time
-- zone, $8 buffer in minutes, $9 the session itself where it exists already.
--
-- One row an engagement of either party, or one row where there is none. A session between the two
-- of them comes twice. Every engagement is looked up by the person whose it is, so that even a plan
-- that was made while the table was empty uses an index.
select now() as now,
       slot.local_start,
       slot.ends_at at time zone slot.timezone as local_end,
       slot.starts_at,
       slot.ends_at,
       slot.working_hours,
       slot.has_product,
       slot.product_credit_cost,
       slot.product_duration_minutes,
       -- Start and end in turn.
       array(select bound.at
               from public.calendar_events as event
              cross join lateral (values (event.start_time::timestamptz),
                                         (event.end_time::timestamptz)) as bound (at)
              where event.user_id = $2
                and event.status::text = 'confirmed'
                and event.event_type::text in ('block', 'unavailable')
                and event.start_time < slot.ends_at
                and event.end_time > slot.starts_at) as block_bounds,
       engagement.id                            as engagement_id,
       engagement.therapist_id                  as engagement_practitioner_id,
       engagement.client_id                     as engagement_client_id,
       lower(engagement.occupied_during)        as engagement_starts_at,
       upper(engagement.occupied_during)        as engagement_ends_at,
       engagement.status::text = 'pending_payment'
         and coalesce(engagement.expires_at <= now(), false) as is_expired_hold
  from (select zone.name as timezone,
               zone.working_hours,
               product.id is not null         as has_product,
               product.credit_cost::integer   as product_credit_cost,
               lasting.minutes                as product_duration_minutes,
               $3 + $4                        as local_start,
               start.at                       as starts_at,
               start.at + make_interval(mins => coalesce(lasting.minutes, $5)) as ends_at
          from (select coalesce(nullif(btrim(published.timezone::text), ''), $7) as name,
                       published.working_hours::text                             as working_hours
                  from (select) as always
                  left join public.practitioner_availability as published on published.user_id = $2
                 limit 1) as zone
          left join public.practitioner_products as product
               on product.id = $6 and product.practitioner_id = $2 and product.is_active
         cross join lateral (
               select case when product.duration_minutes > 0 then product.duration_minutes::integer end as minutes)
               as lasting
         cross join lateral (select ($3 + $4) at time zone zone.name as at offset 0) as start
        offset 0) as slot
  left join lateral (
       select session.*
         from unnest(array[$1, $2]) as party (id)
        cross join lateral (
              select given.id, given.therapist_id, given.client_id, given.occupied_during,
                     given.status, given.expires_at
                from public.client_sessions as given
               where given.therapist_id = party.id
                 and given.occupied_during && tstzrange(slot.starts_at - make_interval(mins => $8),
                                                        slot.ends_at + make_interval(mins => $8))
              union all
              select received.id, received.therapist_id, received.client_id, received.occupied_during,
                     received.status, received.expires_at
                from public.client_sessions as received
               where received.client_id = party.id
                 and received.occupied_during && tstzrange(slot.starts_at - make_interval(mins => $8),
                                                           slot.ends_at + make_interval(mins => $8)))
              as session
        where session.id is distinct from $9) as engagement on true
