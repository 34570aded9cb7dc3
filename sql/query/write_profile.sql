-- $1 person, $2 what she says of herself.
select peer_exchange.write_profile($1, $2)
