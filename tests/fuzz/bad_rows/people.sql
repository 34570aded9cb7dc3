-- Bea, whose rows will go bad, Abe, who has sessions with her, and Sue and Sam, who have none.
create table public.played (name text primary key, id uuid not null, email text not null);
insert into public.played
select name, format('c0000000-0000-4000-8000-00000000000%s', number)::uuid, lower(name) || '@rows.test'
  from unnest(array['Bea', 'Abe', 'Sue', 'Sam']) with ordinality as person (name, number);

insert into public.users (id, email, first_name, last_name, user_role)
select id, email, name, 'Played', 'osteopath' from public.played;
-- Whatever the application calls it.
select format('update public.users set %I = true where id in (select id from public.played)', attname)
  from pg_attribute where attrelid = 'public.users'::regclass and attname like '%opt\_in' \gexec

insert into public.practitioner_availability (user_id, timezone, working_hours)
select played.id, 'Europe/London', json_object_agg(day, '{"enabled": true, "start": "00:00", "end": "24:00"}'::json)
  from public.played
 cross join unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) as day
 group by played.id;
insert into public.practitioner_products (practitioner_id, name, price_amount, duration_minutes)
select id, 'Massage', 60, 45 from public.played;
insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent)
select id, 48, 24, 50 from public.played;
insert into public.calendar_events (user_id, title, start_time, end_time, event_type)
select id, 'Away', current_date + 20, current_date + 21, 'block' from public.played;
select peer_exchange.grant_credits(id, 5000, 'Welcome') from public.played;

-- By what a client calls: create_peer_booking, or request_peer_booking.
create function public.arranged(function text, client text, practitioner text, at timestamp) returns uuid
language plpgsql as $$
declare
  reply json;
begin
  execute format('select public.%I($1, $2, $3, $4, 60, ''massage'')', function)
     into reply
    using (select id from public.played where name = client), (select id from public.played where name = practitioner), at::date, at::time;
  if reply ->> 'success' <> 'true' then
    raise exception '%', reply;
  end if;
  return reply ->> 'session_id';
end $$;
create function public.booked(client text, practitioner text, at timestamp) returns uuid
language sql as $$
  select public.arranged('create_peer_booking', client, practitioner, at)
$$;
select public.booked(client, practitioner, current_date + day + time '10:00')
  from (values ('Sue', 'Sam', 3), ('Sam', 'Sue', 4), ('Abe', 'Bea', 5), ('Bea', 'Abe', 6), ('Abe', 'Sue', 7), ('Sue', 'Abe', 8))
       as planned (client, practitioner, day);
-- Of these people are to be reminded.
select public.booked('Sue', 'Sam', ((now() + interval '20 hours') at time zone 'Europe/London')::timestamp(0));
select public.booked('Abe', 'Bea', ((now() + interval '20 hours') at time zone 'Europe/London')::timestamp(0));
select public.process_peer_booking_refund(public.booked('Abe', 'Bea', current_date + 9 + time '10:00'));

-- What took place.
insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
select gen_random_uuid(), client.id, practitioner.id, client.name, current_date - 10, '10:00', 60, 'completed', true
  from (values ('Sue', 'Sam'), ('Abe', 'Bea')) as past (client_name, practitioner_name)
  join public.played as client       on client.name = past.client_name
  join public.played as practitioner on practitioner.name = past.practitioner_name;
select peer_exchange.charge_session(id) from public.client_sessions
 where session_date = current_date - 10 and client_id in (select id from public.played);

-- What their clients inserted and left.
begin;
select set_config('request.jwt.claims', format('{"sub": "%s", "role": "authenticated"}', id), true) from public.played where name = 'Sue';
set local role authenticated;
insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status)
values ('c0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000004', 'Sue', current_date + 12, '10:00', 60, true, 'scheduled');
commit;
begin;
select set_config('request.jwt.claims', format('{"sub": "%s", "role": "authenticated"}', id), true) from public.played where name = 'Bea';
set local role authenticated;
insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status)
values ('c0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002', 'Bea', current_date + 13, '10:00', 60, true, 'scheduled');
commit;

-- What was asked for, and what nobody answered in time.
select public.arranged('request_peer_booking', client, practitioner, current_date + day + time '10:00')
  from (values ('Sue', 'Sam', 16), ('Abe', 'Bea', 17), ('Bea', 'Abe', 18), ('Sue', 'Sam', 21), ('Abe', 'Bea', 22), ('Bea', 'Abe', 23))
       as planned (client, practitioner, day);

-- What is to be settled, and what was reported, the last of it by both.
set peer_exchange.settlement = completion;
select public.booked(client, practitioner, current_date + day + time '10:00')
  from (values ('Sue', 'Sam', 24), ('Abe', 'Bea', 25), ('Bea', 'Abe', 26), ('Sam', 'Sue', 27), ('Sue', 'Abe', 28),
               ('Sue', 'Sam', 29), ('Abe', 'Bea', 30), ('Bea', 'Abe', 31), ('Sue', 'Abe', 32))
       as planned (client, practitioner, day);
reset peer_exchange.settlement;
set session_replication_role = replica;
update public.client_sessions
   set requested_at = now() - interval '2 days', expires_at = now() - interval '1 day'
 where requested_at is not null and session_date > current_date + 20 and client_id in (select id from public.played);
update public.client_sessions
   set session_date = session_date - 33,
       occupied_during = tstzrange(lower(occupied_during) - interval '33 days', upper(occupied_during) - interval '33 days')
 where held_credits > 0 and requested_at is null and client_id in (select id from public.played);
reset session_replication_role;
-- By one of the two, of the session of so many days ago.
create function public.reported(reporter text, client text, practitioner text, days integer) returns void
language plpgsql as $$
declare
  reply json;
begin
  perform set_config('request.jwt.claims', format('{"sub": "%s", "role": "authenticated"}', (select id from public.played where name = reporter)), true);
  select public.report_peer_no_show(session.id, 'Nobody came')
    into strict reply
    from public.client_sessions as session
   where session.session_date = current_date - days
     and session.client_id = (select id from public.played where name = client)
     and session.therapist_id = (select id from public.played where name = practitioner);
  if reply ->> 'success' <> 'true' then
    raise exception '%', reply;
  end if;
  perform set_config('request.jwt.claims', '', true);
end $$;
select public.reported('Sue', 'Sue', 'Abe', 5);
select public.reported(client, client, practitioner, days), public.reported(practitioner, client, practitioner, days)
  from (values ('Sue', 'Sam', 4), ('Abe', 'Bea', 3), ('Bea', 'Abe', 2), ('Sue', 'Abe', 1)) as disputed (client, practitioner, days);

-- What no worker could deliver: of each the latest notification.
set session_replication_role = replica;
update public.notifications
   set delivery_due_at = null, delivery_attempts = 8, delivery_error = 'Mailbox full'
 where id in (select max(id::text)::uuid from public.notifications
               where delivery_due_at is not null and recipient_id in (select id from public.played)
               group by recipient_id);
reset session_replication_role;

-- Calendars read the sessions of three, without signing in.
select peer_exchange.open_calendar_feeds();
insert into peer_exchange.calendar_feeds (person_id, digest)
select id, sha256(convert_to('the address of ' || name, 'UTF8')) from public.played where name in ('Bea', 'Abe', 'Sue');

-- All that was three days ago.
set session_replication_role = replica;
update public.credit_transactions set created_at = now() - interval '3 days' where user_id in (select id from public.played);
update peer_exchange.awaited_charges set since = now() - interval '3 days';
reset session_replication_role;

drop function public.booked(text, text, timestamp), public.arranged(text, text, text, timestamp), public.reported(text, text, text, integer);
drop table public.played;
