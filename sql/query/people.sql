select person.id,
       peer_exchange.display_name(person.first_name, person.last_name) as name,
       left(person.email::text, 320) as email,
       person.user_role::text as user_role,
       coalesce(person.is_active, false) as is_active,
       peer_exchange.has_opted_in(to_json(person.*)) as has_opted_in,
       place.written_places
  from public.users as person
 -- Where she gives sessions. A column that there is not is found one level further out, as NULL.
 cross join (select null::text as visit_address, null::text as location) as lacking
 cross join lateral (
       select array_remove(array[left(visit_address::text, 10000), left(location::text, 10000)], null) as written_places
         from (select person.*) as row_of_person) as place
