-- $1 whose feed.
delete from peer_exchange.calendar_feeds as feed where feed.person_id = $1
