select peer_exchange.release_expired_holds($1)
