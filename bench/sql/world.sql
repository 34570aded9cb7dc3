-- People and sessions for every contender, the same for all of them. The procedures write to the tables that
-- the search_path finds, so one text serves every schema. Nothing follows from chance: the same numbers give the
-- same people and the same slots.
create schema bench;

-- Practitioners come first, then those of the hot set, then ordinary clients.
create function bench.person_id(p_number bigint) returns uuid
language sql immutable
as $$ select md5('person ' || p_number)::uuid $$;

-- Ours grow with time, an application's are random; bench.keys says which.
create function bench.new_id(p_moment timestamptz) returns uuid
language sql volatile
as $$
  select case current_setting('bench.keys')
           when 'ordered' then encode(
             set_byte(set_byte(
               overlay(uuid_send(gen_random_uuid())
                       placing substring(int8send((extract(epoch from p_moment) * 1000)::bigint) from 3) from 1 for 6),
               6, 112 + (random() * 15)::integer), 8, 128 + (random() * 63)::integer), 'hex')::uuid
           else gen_random_uuid()
         end
$$;

create procedure bench.load_people(p_practitioners integer, p_hot integer, p_clients integer)
language plpgsql
as $$
begin
  insert into users (id, email, first_name, last_name, user_role)
  select bench.person_id(n), 'person' || n || '@example.test',
         (array['Ada', 'Ben', 'Cleo', 'Dov', 'Eve', 'Finn', 'Gita', 'Hugo', 'Ines', 'Jon', 'Kira', 'Luis', 'Mara',
                'Nils', 'Olga', 'Pia', 'Quinn', 'Rosa', 'Sven', 'Tara'])[n % 20 + 1],
         (array['Archer', 'Brook', 'Clay', 'Dale', 'East', 'Frost', 'Green', 'Hill', 'Ivory', 'Jones', 'Knight',
                'Lake', 'Marsh', 'North', 'Oak', 'Pike', 'Quick', 'Rivers', 'Stone', 'Thorn'])[n / 20 % 20 + 1],
         case when n < p_practitioners + p_hot
              then (array['osteopath', 'massage_therapist', 'sports_therapist'])[n % 3 + 1]
              else 'client' end
    from generate_series(0, p_practitioners + p_hot + p_clients - 1) as n;

  -- Either shape of hours, every day, so that every booking has hours to read.
  insert into practitioner_availability (user_id, timezone, working_hours)
  select bench.person_id(n), 'Europe/London',
         (select jsonb_object_agg(day, case n % 2
                   when 0 then '{"enabled": true, "start": "07:00", "end": "21:00"}'::jsonb
                   else '{"enabled": true, "hours": [{"start": "00:00", "end": "06:00"}, {"start": "07:00", "end": "21:00"}]}'
                 end)
            from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) as day)
    from generate_series(0, p_practitioners + p_hot - 1) as n;

  insert into practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost)
  select md5('product ' || n)::uuid, bench.person_id(n), 'Short massage', 45, 40
    from generate_series(0, p_practitioners - 1) as n;

  -- A night off, which no booking here wants.
  insert into calendar_events (id, user_id, title, start_time, end_time)
  select md5('event ' || n)::uuid, bench.person_id(n), 'Away', current_date + 30 + interval '22 hours',
         current_date + 30 + interval '23 hours'
    from generate_series(0, p_practitioners - 1) as n;

  insert into credits (user_id, balance, owed, total_earned, total_spent)
  select bench.person_id(n), 1000000, 0, 1000000, 0
    from generate_series(0, p_practitioners + p_hot - 1) as n;
  insert into credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, description, created_at)
  select bench.new_id(now() - interval '30 days'), bench.person_id(n), 'bonus', 1000000, 0, 1000000, 'To begin with',
         now() - interval '30 days'
    from generate_series(0, p_practitioners + p_hot - 1) as n;
end $$;

-- Sessions number p_first and following, paired as src/slots.rs pairs people; their slots are the odd hours.
-- Upcoming ones are scheduled, the others are spread over three years and completed. p_peer_percent of
-- them are peer bookings, with both ledger rows and p_notifications messages (1 to 4).
create procedure bench.load_sessions(
  p_first bigint, p_count bigint, p_are_upcoming boolean, p_peer_percent integer, p_notifications integer,
  p_practitioners integer, p_hot integer, p_clients integer)
language plpgsql
as $$
declare
  pairs integer := p_practitioners / 2 - 1;
  circle integer := p_practitioners - 1;
  epoch timestamptz := greatest(now() - interval '2 days', (select max(created_at) from credit_transactions))
                       + interval '1 millisecond';
begin
  create temporary table loading on commit drop as
  with numbered as (
    select n, n / pairs as slot, n % pairs + 1 as pair, n * 37 % 100 < p_peer_percent as is_peer,
           epoch + (n - p_first) * interval '10 microseconds' as created_at
      from generate_series(p_first, p_first + p_count - 1) as n
  )
  select bench.new_id(created_at) as id, is_peer, created_at,
         bench.person_id((slot + pair) % circle) as therapist_id,
         case when is_peer then bench.person_id((slot + circle - pair) % circle)
              else bench.person_id(p_practitioners + p_hot + n % greatest(p_clients, 1)) end as client_id,
         case when p_are_upcoming then current_date + 2 + (slot / 6)::integer
              else current_date - 1 - (n % 1095)::integer end as session_date,
         make_time(9 + 2 * (slot % 6)::integer, 0, 0) as start_time
    from numbered;

  insert into client_sessions
         (id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes,
          session_type, credit_cost, occupied_during, status, payment_status, is_peer_booking, created_at)
  select id, therapist_id, client_id, 'Ada Archer', 'person@example.test', session_date, start_time, 60, 'massage',
         case when is_peer then 60 end,
         case when p_are_upcoming
              then tstzrange((session_date + start_time) at time zone 'Europe/London',
                             (session_date + start_time) at time zone 'Europe/London' + interval '60 minutes') end,
         case when p_are_upcoming then 'scheduled' else 'completed' end, 'paid', is_peer, created_at
    from loading;

  insert into credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, description, session_id, created_at)
  select bench.new_id(movement.created_at), movement.user_id, movement.kind, 60,
         account.balance + movement.moved - movement.amount, account.balance + movement.moved, 'Peer session',
         movement.id, movement.created_at
    from (select loading.id, loading.created_at, party.user_id, party.kind, party.amount,
                 sum(party.amount) over (partition by party.user_id order by loading.created_at) as moved
            from loading
           cross join lateral (values (client_id, 'session_payment', -60), (therapist_id, 'session_earning', 60))
                              as party (user_id, kind, amount)
           where loading.is_peer) as movement
    join credits as account on account.user_id = movement.user_id;

  update credits
     set balance      = balance + movement.earned - movement.spent,
         total_earned = total_earned + movement.earned,
         total_spent  = total_spent + movement.spent
    from (select party.user_id, sum(party.earned) as earned, sum(party.spent) as spent
            from loading
           cross join lateral (values (client_id, 0, 60), (therapist_id, 60, 0)) as party (user_id, earned, spent)
           where loading.is_peer
           group by party.user_id) as movement
   where credits.user_id = movement.user_id;

  insert into notifications (id, recipient_id, type, title, body, payload, created_at)
  select bench.new_id(loading.created_at),
         case when message <= 2 then client_id else therapist_id end,
         (array['peer_booking_confirmed_client', 'peer_credits_deducted', 'peer_booking_confirmed_practitioner',
                'peer_credits_earned'])[message],
         'Session booked', 'Your 60-minute session with Ada Archer on 1 March 2030 at 10:00 is booked.',
         jsonb_build_object('session_id', loading.id, 'credits', 60, 'balance_after', 1000000, 'session_date',
                            session_date, 'start_time', '10:00', 'duration_minutes', 60, 'other_party_name', 'Ada Archer'),
         loading.created_at
    from loading
   cross join generate_series(1, p_notifications) as message
   where loading.is_peer;
  drop table loading;
end $$;

-- Large loads: everything that can be built afterwards, aside and back again.
create table bench.set_aside (position integer generated always as identity, statement text not null);

create procedure bench.set_indexes_aside()
language plpgsql
as $$
declare
  aside record;
begin
  for aside in
    select owner.relname as table_name, kept.relname as index_name, reference.conname,
           case when reference.oid is null then pg_get_indexdef(kept.oid)
                else format('alter table %I.%I add constraint %I %s', current_schema(), owner.relname,
                            reference.conname, pg_get_constraintdef(reference.oid)) end as statement
      from pg_index as index
      join pg_class as owner on owner.oid = index.indrelid
      join pg_class as kept on kept.oid = index.indexrelid
      left join pg_constraint as reference
           on reference.conindid = kept.oid and reference.conrelid = owner.oid and reference.contype in ('u', 'x')
     where owner.relnamespace = current_schema()::regnamespace
       and owner.relname in ('client_sessions', 'credit_transactions', 'notifications')
       and not index.indisprimary
  loop
    insert into bench.set_aside (statement) values (aside.statement);
    if aside.conname is not null then
      execute format('alter table %I drop constraint %I', aside.table_name, aside.conname);
    else
      execute format('drop index %I', aside.index_name);
    end if;
  end loop;
end $$;

create procedure bench.put_indexes_back()
language plpgsql
as $$
declare
  aside record;
begin
  for aside in select statement from bench.set_aside order by position loop
    execute aside.statement;
  end loop;
  truncate bench.set_aside;
end $$;
