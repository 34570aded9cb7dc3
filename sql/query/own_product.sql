-- $1 practitioner, $2 product. Locked, where it is one of hers.
select product.id
  from public.practitioner_products as product
 where product.id = $2
   and product.practitioner_id = $1
   for no key update
