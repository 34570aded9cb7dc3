-- $1 practitioner, $2 name, $3 duration in minutes, $4 cost in credits, $5 whether it can be booked. product.sql follows: a trigger of
-- the application may have had its say.
insert into public.practitioner_products as product (id, practitioner_id, name, duration_minutes, credit_cost, is_active)
values (gen_random_uuid(), $1, $2, $3, $4, $5)
returning
