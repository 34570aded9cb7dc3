-- Follows product.sql. $1 practitioner, $2 how many. Those that can't be booked any more come last.
  from public.practitioner_products as product
 where product.practitioner_id = $1
 order by product.is_active desc nulls last, product.name, product.id
 limit $2
