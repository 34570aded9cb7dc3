-- The rest of a search. $1 part of any word, $2 of the location, $3 of a specialization, $4 roles, $5
-- whom to leave out, $6 how many, $7 after how many. The one row without an id says that there are
-- none at this place. completed_sessions.sql follows, and their order.
, practitioner as materialized (
  select candidate.id,
         peer_exchange.display_name(candidate.first_name, candidate.last_name) as name
    from candidate
   where candidate.is_active
     and candidate.user_role::text = any ($4)
     and candidate.id is distinct from $5
     and ($1 is null or candidate.words like (select peer_exchange.search_pattern($1)))
     and ($2 is null or split_part(candidate.words, E'\n', 2) like (select peer_exchange.search_pattern($2)))
     and ($3 is null or split_part(candidate.words, E'\n', 3) like (select peer_exchange.search_pattern($3)))
), page as materialized (
  select practitioner.id, practitioner.name
    from practitioner
   order by practitioner.name, practitioner.id
   limit $6 offset $7
)
select now()                     as now,
       counted.total,
       practitioner.id,
       practitioner.name,
       shown.profile ->> 'user_role' as user_role,
       left(shown.profile ->> 'location', 1000) as location,
       -- What an application may have besides, under any of these names.
       coalesce(shown.profile, '{}')::text as profile,
       completed.*,
       hours.timezone,
       policy.*
  from (select count(*) as total from practitioner) as counted
  left join page as practitioner on true
  left join lateral (
       select peer_exchange.readable_columns(
                to_json(person.*)::text,
                array['user_role', 'location', 'specializations', 'average_rating', 'rating', 'rating_count', 'review_count'])
                as profile
         from public.users as person
        where person.id = practitioner.id
       offset 0) as shown on true
 cross join lateral peer_exchange.hours_of(practitioner.id) as hours
 cross join lateral peer_exchange.policy_of(practitioner.id) as policy
