-- $1 practitioner, $2 name, $3 duration in minutes, $4 cost in credits, $5 whether it can be booked.
insert into public.practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost, is_active)
values (gen_random_uuid(), $1, $2, $3, $4, $5)
returning id
