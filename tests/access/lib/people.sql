-- The people, and what each of them owns besides sessions.
insert into public.users (id, email, first_name, last_name, user_role, is_active)
select access.id(person), lower(person) || '@access.test', person, 'Doe', 'osteopath', true
  from unnest(array['Ann', 'Ben', 'Cyd', 'Dan', 'Eve']) as person;

-- They work around the clock; who cancels gets all back two days before, half one day before.
insert into public.practitioner_availability (user_id, timezone)
select access.id(person), 'Europe/London' from unnest(array['Ben', 'Dan', 'Eve']) as person;
insert into public.cancellation_policies
  (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, no_refund_hours, is_active)
select access.id(person), 48, 24, 50, 24, true from unnest(array['Ben', 'Dan', 'Eve']) as person;
insert into public.calendar_events (user_id, title, start_time, end_time, event_type, status)
select access.id(person), 'Away', now() + interval '100 days', now() + interval '101 days', 'block', 'confirmed'
  from unnest(array['Ann', 'Ben', 'Dan']) as person;

select peer_exchange.grant_credits(access.id(person), 1000, 'Welcome') is not null as was_granted
  from unnest(array['Ann', 'Cyd', 'Dan']) as person;

-- Products of the application have a price besides.
do $$
begin
  if exists (select from pg_attribute where attrelid = 'public.practitioner_products'::regclass and attname = 'price_amount') then
    alter table public.practitioner_products alter column price_amount set default 60;
  end if;
end $$;
insert into public.practitioner_products (id, practitioner_id, name, duration_minutes)
select gen_random_uuid(), access.id(person), 'Massage', 60 from unnest(array['Ben', 'Dan', 'Eve']) as person;
