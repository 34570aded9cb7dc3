-- $1 whose feed: a new secret, of which the digest is kept in the place of a former one; nothing for who is not active.
with made as materialized (
  select replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as secret
), kept as (
  insert into peer_exchange.calendar_feeds as feed (person_id, digest)
  select person.id, sha256(convert_to(made.secret, 'UTF8'))
    from made
   cross join public.users as person
   where person.id = $1
     and person.is_active
  on conflict (person_id) do update set digest = excluded.digest, created_at = now()
  returning feed.created_at
)
select made.secret, kept.created_at from made cross join kept
