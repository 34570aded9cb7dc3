-- What does not follow from the two install scripts: tables and types that change, and whatever hangs on a function that goes.

-- The triggers on users follow.
alter function peer_exchange.release_leaver() rename to release_departing_person;
