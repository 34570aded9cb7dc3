-- An application that settles its exchanges by itself.
\ir ../../fixtures/supabase_roles.sql
\ir ../../fixtures/self_settling_app.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
\ir settings.sql
\ir people.sql
