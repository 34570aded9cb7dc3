-- The first part of a search without words, or with words too short to be looked up.
with candidate as (
  select person.id, person.first_name, person.last_name, person.user_role,
         person.is_active and peer_exchange.has_opted_in(to_json(person.*)) as is_active,
         coalesce(entry.words, '') as words
    from public.users as person
    left join peer_exchange.search_entries as entry on entry.user_id = person.id
)
