-- A database that was empty before us, on a server that knows no role of a Supabase project.
create extension peer_exchange cascade;
select count(*) > 0 as was_set_up from peer_exchange.setup();

insert into public.users (id, email, first_name, last_name, user_role, is_active) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'Archer', 'osteopath',         true),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'Brook',  'massage_therapist', true),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', 'Cyd', 'Clay',   'sports_therapist',  true),
  ('a0000000-0000-4000-8000-000000000004', 'dee@example.test', 'Dee', 'Dale',   'osteopath',         false),
  ('a0000000-0000-4000-8000-000000000005', 'eli@example.test', 'Eli', 'East',   'client',            true);

\ir ../story.sql
