-- Three practitioners, two of whom have something to start with.
\ir ../fixtures/supabase_roles.sql
set client_min_messages = warning;
create extension peer_exchange cascade;
select from peer_exchange.setup();

insert into public.users (id, email, first_name, last_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'Archer', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'Brook',  'massage_therapist'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', 'Cyd', 'Clay',   'sports_therapist');
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 100, 'Welcome');
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000003', 100, 'Welcome');
