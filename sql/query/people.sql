select person.id,
       peer_exchange.display_name(person.first_name, person.last_name) as name,
       person.email::text     as email,
       person.user_role::text as user_role,
       coalesce(person.is_active, false) as is_active,
       peer_exchange.has_opted_in(to_json(person)) as has_opted_in
  from public.users as person
