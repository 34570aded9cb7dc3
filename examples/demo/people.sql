-- The people of the story: practitioners all three. Ben has published when he works.
insert into public.users (id, email, first_name, last_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'Archer', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'Brook',  'massage_therapist'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', 'Cyd', 'Clay',   'sports_therapist');

insert into public.practitioner_availability (user_id, timezone, working_hours) values
  ('a0000000-0000-4000-8000-000000000002', 'Europe/London',
   '{"monday":    {"enabled": true, "start": "09:00", "end": "17:00"},
     "tuesday":   {"enabled": true, "hours": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
     "wednesday": {"enabled": false}}');

-- Credits come into being by a grant, and a key makes it happen once only.
select peer_exchange.grant_credits(id, 100, 'Welcome', 'welcome')
  from public.users
 where first_name in ('Ann', 'Cyd');
