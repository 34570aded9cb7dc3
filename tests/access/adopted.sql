-- A project whose application grew before us, holes included.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/existing_app.sql
\ir lib/actors.sql
\ir lib/linter.sql
\ir lib/before.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir world.sql
