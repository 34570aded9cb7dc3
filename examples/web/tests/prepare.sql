-- The demo's own world; each test adds people of its own.
\ir ../../../tests/fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir ../people.sql
