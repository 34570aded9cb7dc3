-- $1 practitioner, $2 how many. Those that can't be booked any more come last.
select product.id,
       product.name::text                      as name,
       product.duration_minutes::bigint        as duration_minutes,
       product.credit_cost::bigint             as credit_cost,
       coalesce(product.is_active, false)      as is_active
  from public.practitioner_products as product
 where product.practitioner_id = $1
 order by product.is_active desc nulls last, product.name, product.id
 limit $2
