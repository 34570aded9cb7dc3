-- A project whose tables are ours from the start.
\ir ../fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
-- People of tests publish no hours, and are there at any time of the day.
do $$
begin
  execute format('alter database %I set peer_exchange.unpublished_hours = %L', current_database(), 'any');
end $$;
-- The same Ann, Ben and Cyd as in the application that is adopted; Ben published the same hours.
insert into public.users (id, email, first_name, last_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'Archer', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'Brook',  'massage_therapist'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', 'Cyd', 'Clay',   'sports_therapist');
insert into public.practitioner_availability (user_id, timezone, working_hours) values
  ('a0000000-0000-4000-8000-000000000002', 'Europe/London',
   '{"monday":   {"enabled": true,  "start": "09:00", "end": "17:00"},
     "tuesday":  {"enabled": true,  "hours": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
     "wednesday":{"enabled": true,  "start": "09:00", "end": "17:00"},
     "thursday": {"enabled": true,  "start": "09:00", "end": "17:00"},
     "friday":   {"enabled": true,  "start": "09:00", "end": "17:00"},
     "saturday": {"enabled": false, "start": "09:00", "end": "17:00"},
     "sunday":   {"enabled": false}}');
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 120, 'Monthly allocation');
