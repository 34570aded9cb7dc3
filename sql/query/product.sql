-- What a practitioner offers, where its row is called product.
       product.id,
       product.name::text                      as name,
       product.duration_minutes::bigint        as duration_minutes,
       product.credit_cost::bigint             as credit_cost,
       coalesce(product.is_active, false)      as is_active
