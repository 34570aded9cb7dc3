-- $1 whose feed: since when there is one, and whether it is read without signing in.
select (select feed.created_at from peer_exchange.calendar_feeds as feed where feed.person_id = $1) as created_at,
       peer_exchange.are_calendar_feeds_open() as is_open
