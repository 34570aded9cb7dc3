-- An application that grew before us, whose people book each other while somebody throws random calls at them.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/existing_app.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
update public.credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';

insert into public.users (id, email, first_name, last_name, user_role)
select ('b0000000-0000-4000-8000-00000000000' || number)::uuid, number || '@fuzz.test', 'Person', number::text, 'osteopath'
  from generate_series(1, 4) as number;
select peer_exchange.grant_credits(id, 5000, 'Welcome') from public.users where email like '%@fuzz.test';
insert into public.practitioner_availability (user_id, timezone)
select id, 'Europe/London' from public.users where email like '%@fuzz.test';
insert into public.practitioner_products (practitioner_id, name, price_amount, duration_minutes)
select id, 'Massage', 60, 45 from public.users where email like '%@fuzz.test';

-- Everybody is told by e-mail, as far as they want to be.
do $$
begin
  execute format('alter database %I set peer_exchange.delivery = ''wake''', current_database());
end $$;
create table public.notification_preferences (user_id uuid, type text, in_app boolean, email boolean);
