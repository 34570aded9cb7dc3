-- $1 product, $2 name, $3 duration in minutes, $4 cost in credits, $5 whether it can be booked. product.sql follows: a trigger of the
-- application may have had its say.
update public.practitioner_products as product
   set name = $2, duration_minutes = $3, credit_cost = $4, is_active = $5
 where product.id = $1
returning
