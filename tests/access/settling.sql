-- A project whose application settles its exchanges by itself.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/self_settling_app.sql
\ir lib/actors.sql
\ir lib/linter.sql
\ir lib/before.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir world.sql
