-- The first part of a search: who has all trigrams of all words that are asked for. One at a time is
-- looked up in users, since the planner would rather read the whole table.
with candidate as (
  select person.id, person.first_name, person.last_name, person.user_role,
         person.is_active and peer_exchange.has_opted_in(to_json(person.*)) as is_active,
         entry.words
    from peer_exchange.search_entries as entry
   cross join lateral (select found.*
                         from public.users as found
                        where found.id = entry.user_id
                       offset 0) as person
   where (peer_exchange.trigrams(entry.words) collate "C")
         @> (select peer_exchange.trigrams(concat_ws(E'\n', peer_exchange.fold($1), peer_exchange.fold($2),
                                                     peer_exchange.fold($3))))
)
