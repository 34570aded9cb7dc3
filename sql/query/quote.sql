-- $1 practitioner, $2 product. Calls no function of ours, which the owner of the tables may not execute before setup().
select exists (select from public.users as person where person.id = $1) as has_practitioner,
       product.id is not null              as has_product,
       product.credit_cost::bigint         as product_credit_cost,
       case when product.duration_minutes > 0 then least(product.duration_minutes, 2147483647)::integer end
                                           as product_duration_minutes
  from (select) as always
  left join public.practitioner_products as product
       on product.id = $2 and product.practitioner_id = $1 and product.is_active
