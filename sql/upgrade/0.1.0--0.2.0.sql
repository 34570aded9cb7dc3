-- What does not follow from the two install scripts: tables and types that change, and whatever hangs on a function that goes.

-- The triggers on users follow.
alter function peer_exchange.release_leaver() rename to release_departing_person;

-- Nobody but the owner reaches these tables without a privilege, and row-level security keeps the database's owner from
-- dumping them.
alter table peer_exchange.session_moves disable row level security;
alter table peer_exchange.refusals disable row level security;
