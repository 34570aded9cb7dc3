-- Without a payload: what is told is nobody's business, and one transaction wakes once.
select pg_notify('peer_exchange', '')
