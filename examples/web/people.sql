begin;

-- Eight practitioners with three months behind them: grants, sessions, one cancellation; Cyd has spent
-- nearly all that she had. The past is
-- written as an application that brings its own history along would write it; verify_ledger() agrees with
-- it. What is to come is booked like everything else.

-- Columns of the application's own, which the search reads where they exist.
alter table public.users
  add column if not exists location        text,
  add column if not exists specializations text[];

insert into public.users (id, email, first_name, last_name, user_role, location, specializations) values
  ('e0000000-0000-4000-8000-000000000001', 'ann@example.test',  'Ann',  'Archer',  'osteopath',         'Lyon',      '{back pain,headache}'),
  ('e0000000-0000-4000-8000-000000000002', 'ben@example.test',  'Ben',  'Brook',   'massage_therapist', 'London',    '{deep tissue,neck}'),
  ('e0000000-0000-4000-8000-000000000003', 'cyd@example.test',  'Cyd',  'Clay',    'sports_therapist',  'Leeds',     '{knee,running injuries}'),
  ('e0000000-0000-4000-8000-000000000004', 'dora@example.test', 'Dora', 'Díaz',    'osteopath',         'Málaga',    '{pregnancy,back pain}'),
  ('e0000000-0000-4000-8000-000000000005', 'emil@example.test', 'Emil', 'Ekström', 'massage_therapist', 'Stockholm', '{lymph drainage}'),
  ('e0000000-0000-4000-8000-000000000006', 'fay@example.test',  'Fay',  'Fuller',  'sports_therapist',  'London',    '{shoulder,climbing injuries}'),
  ('e0000000-0000-4000-8000-000000000007', 'gus@example.test',  'Gus',  'Grant',   'osteopath',         'Edinburgh', '{cranial,headache}'),
  ('e0000000-0000-4000-8000-000000000008', 'hana@example.test', 'Hana', 'Höfer',   'massage_therapist', 'Köln',      '{sports massage,neck}');

-- Hana has published no hours: she is offered by day, and may be booked at any time.
insert into public.practitioner_availability (user_id, timezone, working_hours)
select person.id, zone.name, hours.of_week
  from public.users as person
  join (values ('Lyon', 'Europe/Paris'), ('London', 'Europe/London'), ('Leeds', 'Europe/London'),
               ('Málaga', 'Europe/Madrid'), ('Stockholm', 'Europe/Stockholm'),
               ('Edinburgh', 'Europe/London'), ('Köln', 'Europe/Berlin')) as zone (location, name)
       using (location)
 cross join lateral (
   select case when person.first_name = 'Hana' then '{}' else jsonb_object_agg(weekday,
            '{"enabled": true, "hours": [{"start": "09:00", "end": "12:30"}, {"start": "13:30", "end": "17:30"}]}'::jsonb)
          end as of_week
     from unnest('{monday,tuesday,wednesday,thursday,friday}'::text[]) as weekday) as hours;

insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours)
select id, 168, 24, 12 from public.users where first_name = 'Dora';

-- The past: who was treated by whom, how many days ago, for how long, and whether it was cancelled or how it
-- was rated.
create temporary table past on commit drop as
select gen_random_uuid() as session_id, client.id as client_id, practitioner.id as practitioner_id, minutes,
       date_trunc('day', now()) - make_interval(days => days_ago) + interval '10 hours' as starts_at, is_cancelled, stars,
       client.first_name || ' ' || client.last_name as client_name, client.email as client_email
  from (values ('Ann', 'Ben', 78, 60, false, 5), ('Cyd', 'Ann', 74, 45, false, 5), ('Fay', 'Gus', 70, 60, false, 5),
               ('Emil', 'Cyd', 68, 60, false, 4), ('Ben', 'Dora', 66, 60, false, 5), ('Hana', 'Ann', 61, 60, false, 5), ('Cyd', 'Ben', 57, 60, false, 4),
               ('Ann', 'Gus', 52, 90, false, 5), ('Emil', 'Hana', 48, 30, false, 4), ('Gus', 'Ann', 43, 60, false, 4),
               ('Ann', 'Dora', 38, 60, true, null), ('Fay', 'Ben', 35, 45, false, 5), ('Cyd', 'Fay', 31, 60, false, 4),
               ('Dora', 'Ann', 27, 30, false, 5), ('Ann', 'Hana', 22, 60, false, null), ('Ben', 'Ann', 17, 60, false, 5),
               ('Cyd', 'Gus', 12, 60, false, 4), ('Ann', 'Fay', 9, 45, false, 5), ('Gus', 'Ann', 5, 30, false, 4))
       as visit (client_name, practitioner_name, days_ago, minutes, is_cancelled, stars)
  join public.users as client on client.first_name = visit.client_name
  join public.users as practitioner on practitioner.first_name = visit.practitioner_name;

insert into public.client_sessions
  (id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
   session_type, status, payment_status, is_peer_booking, credit_cost, cancelled_at, cancellation_reason, created_at, rating, rated_at)
select session_id, practitioner_id, client_id, client_name, client_email, starts_at::date, starts_at::time, minutes,
       'Treatment', case when is_cancelled then 'cancelled' else 'completed' end,
       case when is_cancelled then 'refunded' else 'paid' end, true, minutes,
       case when is_cancelled then starts_at - interval '2 days' end,
       case when is_cancelled then 'A cold' end, starts_at - interval '4 days', stars,
       case when stars is not null then starts_at + interval '1 day' end
  from past;

create temporary table movement on commit drop as
select client_id as user_id, 'session_payment' as type, -minutes as change, session_id, 'Peer session' as description,
       starts_at - interval '4 days' as at from past
union all
select practitioner_id, 'session_earning', minutes, session_id, 'Peer session', starts_at - interval '4 days' from past
union all
select client_id, 'refund', minutes, session_id, 'A cold', starts_at - interval '2 days' from past where is_cancelled
union all
select practitioner_id, 'session_earning_reversal', -minutes, session_id, 'A cold', starts_at - interval '2 days'
  from past where is_cancelled
union all
select id, 'bonus', 60, null, 'Monthly allocation', date_trunc('day', now()) - make_interval(days => days_ago)
  from public.users cross join unnest('{84,55,25}'::integer[]) as days_ago;

insert into public.credit_transactions
  (user_id, transaction_type, amount, balance_before, balance_after, description, session_id, created_at)
select user_id, type, abs(change), balance_after - change, balance_after, description, session_id, at
  from (select movement.*, sum(change) over (partition by user_id order by at, type) as balance_after
          from movement) as told
 order by at;

insert into public.credits (user_id, balance, total_earned, total_spent)
select user_id, sum(change), coalesce(sum(change) filter (where type in ('session_earning', 'session_earning_reversal', 'bonus')), 0),
       coalesce(-sum(change) filter (where type in ('session_payment', 'refund')), 0)
  from movement
 group by user_id;

-- What is to come: next week's Monday and Tuesday, and in two hours, so that a reminder is soon due; and what Gus asks Ann for on
-- Wednesday.
create temporary table booked on commit drop as
select public.create_peer_booking(client.id, practitioner.id, wish.starts_at::date, wish.starts_at::time, wish.minutes,
         wish.type, wish.notes) as reply
  from (select date_trunc('week', now() + interval '8 days')::timestamp) as calendar (next_monday)
 cross join lateral (values
         ('Ann', 'Ben', next_monday + interval '10 hours', 60, 'Massage', 'Left shoulder, please'),
         ('Hana', 'Ann', next_monday + interval '34 hours', 45, 'Osteopathy', null),
         ('Ann', 'Hana', date_trunc('minute', now() at time zone 'Europe/Berlin') + interval '122 minutes', 30, 'Massage', null))
       as wish (client_name, practitioner_name, starts_at, minutes, type, notes)
  join public.users as client on client.first_name = wish.client_name
  join public.users as practitioner on practitioner.first_name = wish.practitioner_name;
insert into booked
select public.request_peer_booking(client.id, practitioner.id, date_trunc('week', now() + interval '8 days')::date + 2, '11:00', 60,
         'Osteopathy', 'My back again')
  from public.users as client
  join public.users as practitioner on (client.first_name, practitioner.first_name) = ('Gus', 'Ann');

do $$
begin
  if exists (select from booked where not (reply ->> 'success')::boolean) then
    raise exception 'refused: %', (select json_agg(reply) from booked);
  end if;
end $$;

-- The demo's people let their calendars follow.
do $$
begin
  perform peer_exchange.open_calendar_feeds();
end $$;

commit;
