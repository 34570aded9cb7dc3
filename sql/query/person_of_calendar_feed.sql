-- $1 the secret of a feed: whose it is, if she is active.
select feed.person_id
  from peer_exchange.calendar_feeds as feed
  join public.users as person on person.id = feed.person_id
 where feed.digest = sha256(convert_to($1, 'UTF8'))
   and person.is_active
