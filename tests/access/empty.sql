-- A project whose tables are ours from the start.
\ir ../fixtures/supabase_roles.sql
\ir lib/actors.sql
\ir lib/linter.sql
\ir lib/before.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir world.sql
