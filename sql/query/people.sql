select person.id,
       person.first_name::text as first_name,
       person.last_name::text  as last_name,
       person.email::text      as email,
       person.user_role::text  as user_role,
       coalesce(person.is_active, false) as is_active
  from public.users as person
