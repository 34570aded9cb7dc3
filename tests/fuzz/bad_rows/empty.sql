-- A database whose tables setup() has made, on a server with the roles of PostgREST.
\ir ../../fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
alter table public.practitioner_products add price_amount integer;
\ir settings.sql
\ir people.sql
