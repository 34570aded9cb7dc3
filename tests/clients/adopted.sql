-- A project whose application grew before us.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/existing_app.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
