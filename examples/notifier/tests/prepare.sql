-- A project whose notifications wake workers; what they are told goes to the SMTP servers of the tests.
\ir ../../../tests/fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
-- An application that keeps people's languages.
alter table public.users add column language text;
alter database notifier set peer_exchange.delivery = 'wake';
