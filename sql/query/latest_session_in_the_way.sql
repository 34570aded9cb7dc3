-- $1 session, $2 practitioner, $3 client, $4 whether it is a peer session, $5 when it takes place.
select other.session_id as id
  from peer_exchange.in_the_way($1, $2, $3, $4, $5) as other
