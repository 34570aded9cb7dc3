-- What every interleaving starts from: an empty database after setup(), and a few functions that
-- the specs are written with. Each answers without ids or dates, so that the output is the same
-- every day.
\i fixtures/supabase_roles.sql
create extension peer_exchange cascade;
select count(*) > 0 as is_furnished from peer_exchange.setup();

-- Waiting longer would only hide a deadlock behind a slow test.
do $$
begin
  execute format('alter database %I set deadlock_timeout = ''50ms''', current_database());
end $$;

create schema race;
grant usage on schema race to authenticated;

create function race.id_of(p_name text) returns uuid
language sql immutable
as $$
  -- In the order of the alphabet, so that a reader sees whose row is locked first.
  select ('00000000-0000-4000-8000-0000000000' || lpad(to_hex(ascii(p_name)), 2, '0'))::uuid
$$;

-- The second day of next month: never past, never too far ahead, and not a day on which a session is that begins soon. The
-- drivers of these tests have a time zone of their own, in which a month ends later than it does where sessions are.
create function race.day() returns date
language sql stable
as $$
  select (date_trunc('month', now() at time zone 'UTC') + interval '1 month 1 day')::date
$$;

-- Forgets the spec before. The ledger is append-only for everyone, so its guards must be off.
create procedure race.forget()
language plpgsql
set session_replication_role = replica
as $$
begin
  truncate public.users, public.client_sessions, public.credits, public.credit_transactions,
           public.notifications, public.practitioner_products, public.practitioner_availability,
           public.calendar_events, public.cancellation_policies, peer_exchange.sent_reminders,
           peer_exchange.session_moves, peer_exchange.awaited_charges;
end $$;

-- Somebody arrives; without credits she has no balance row at all.
create procedure race.arrives(p_name text, p_credits integer default null)
language plpgsql
as $$
begin
  insert into public.users (id, email, first_name, user_role)
  values (race.id_of(p_name), lower(p_name) || '@example.test', p_name, 'osteopath');
  if p_credits is not null then
    perform peer_exchange.grant_credits(race.id_of(p_name), p_credits, 'Welcome');
  end if;
end $$;

-- Ann, Ben and Cyd with 100 credits each, and nothing booked.
create procedure race.begins()
language plpgsql
as $$
begin
  call race.forget();
  call race.arrives('Ann', 100);
  call race.arrives('Ben', 100);
  call race.arrives('Cyd', 100);
end $$;

-- From now on, within this transaction, she is signed in.
create function race.signs_in(p_name text) returns text
language plpgsql
as $$
begin
  perform set_config('request.jwt.claims',
                     json_build_object('sub', race.id_of(p_name), 'role', 'authenticated')::text, true);
  perform set_config('role', 'authenticated', true);
  return p_name;
end $$;

create function race.told(p_reply json) returns text
language sql immutable
as $$
  select case
           when not (p_reply ->> 'success')::boolean then p_reply ->> 'error_code'
           when p_reply ->> 'refunded_credits' is not null
           then format('refunded %s', p_reply ->> 'refunded_credits')
           when p_reply ->> 'status' = 'pending_approval'
           then format('asked for %s, %s left', p_reply ->> 'credit_cost', p_reply ->> 'client_balance_after')
           when (p_reply ->> 'replayed')::boolean
           then format('booked before for %s', p_reply ->> 'credit_cost')
           else format('booked for %s, %s left', p_reply ->> 'credit_cost', p_reply ->> 'client_balance_after')
         end
$$;

create function race.books(
  p_client text, p_practitioner text, p_start time, p_minutes integer default 60, p_key text default null)
returns text
language sql
as $$
  select race.told(public.create_peer_booking(race.id_of(p_client), race.id_of(p_practitioner), race.day(),
                      p_start, p_minutes, 'massage', p_idempotency_key => p_key))
$$;

-- The session in which the one receives and the other gives; each spec has one such.
create function race.session_of(p_client text, p_practitioner text) returns uuid
language sql stable
as $$
  select session.id
    from public.client_sessions as session
   where session.client_id = race.id_of(p_client)
     and session.therapist_id = race.id_of(p_practitioner)
$$;

create function race.asks(p_client text, p_practitioner text, p_start time, p_minutes integer default 60) returns text
language sql
as $$
  select race.told(public.request_peer_booking(race.id_of(p_client), race.id_of(p_practitioner), race.day(),
                      p_start, p_minutes, 'massage'))
$$;

create function race.accepts(p_client text, p_practitioner text) returns text
language sql
as $$
  select race.told(public.accept_peer_booking(race.session_of(p_client, p_practitioner)))
$$;

-- As older clients accept.
create function race.accepts_directly(p_client text, p_practitioner text) returns text
language plpgsql
as $$
begin
  update public.client_sessions set status = 'confirmed' where id = race.session_of(p_client, p_practitioner);
  return 'accepted directly';
end $$;

-- The one session of these two was asked for, and that was too long ago.
create procedure race.was_asked_too_long_ago(p_client text, p_practitioner text)
language plpgsql
set session_replication_role = replica
as $$
begin
  update public.client_sessions
     set requested_at = now() - interval '1 hour',
         expires_at   = now() - interval '1 minute'
   where id = race.session_of(p_client, p_practitioner);
end $$;

create function race.refunds(p_client text, p_practitioner text) returns text
language sql
as $$
  select race.told(public.process_peer_booking_refund(race.session_of(p_client, p_practitioner)))
$$;

create function race.moves(p_client text, p_practitioner text, p_start time, p_key text default null) returns text
language sql
as $$
  select case when not (reply ->> 'success')::boolean then reply ->> 'error_code'
              else format('moved%s from %s to %s', case when (reply ->> 'replayed')::boolean then ' before' else '' end,
                          reply ->> 'previous_start_time', reply ->> 'start_time')
         end
    from public.reschedule_peer_booking(race.session_of(p_client, p_practitioner), race.day(), p_start, p_key) as reply
$$;

-- As an application moves a session by itself, or a client one that is not paid for.
create function race.moves_directly(p_client text, p_practitioner text, p_start time) returns text
language plpgsql
as $$
begin
  update public.client_sessions set start_time = p_start where id = race.session_of(p_client, p_practitioner);
  return 'moved directly';
end $$;

-- The two-step flow: a session that its client inserts, and what charges it.
create function race.inserts(
  p_client text, p_practitioner text, p_start time, p_minutes integer default 60, p_day date default race.day(),
  p_is_peer_booking boolean default true)
returns text
language plpgsql
as $$
begin
  insert into public.client_sessions
         (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type,
          status, is_peer_booking)
  values (race.id_of(p_practitioner), race.id_of(p_client), p_client, p_day, p_start, p_minutes, 'massage',
          'scheduled', p_is_peer_booking);
  return 'inserted';
end $$;

-- A dozen at once, on that day and those that follow it.
create function race.inserts_many(p_client text, p_practitioner text, p_start time) returns text
language sql
as $$
  insert into public.client_sessions
         (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type,
          status, is_peer_booking)
  select race.id_of(p_practitioner), race.id_of(p_client), p_client, race.day() + later, p_start, 60, 'massage',
         'scheduled', true
    from generate_series(0, 11) as later;
  select 'inserted'
$$;

-- One session of each two, in the afternoon.
create procedure race.has_sessions_to_move()
language plpgsql
as $$
begin
  perform race.books('Ann', 'Ben', '14:00', 10);
  perform race.books('Cyd', 'Ben', '15:00', 10);
  perform race.books('Cyd', 'Ann', '16:00', 10);
  perform race.books('Ann', 'Cyd', '17:00', 10);
end $$;

-- The one session of these two was paid for long ago and begins in ten hours.
create procedure race.begins_soon(p_client text, p_practitioner text)
language plpgsql
set session_replication_role = replica
as $$
begin
  update public.credit_transactions set created_at = now() - interval '3 days';
  update public.client_sessions
     set session_date    = ((now() + interval '10 hours') at time zone 'UTC')::date,
         start_time      = ((now() + interval '10 hours') at time zone 'UTC')::time,
         occupied_during = tstzrange(now() + interval '10 hours', now() + interval '11 hours')
   where id = race.session_of(p_client, p_practitioner);
end $$;

-- The one session of these two was held for its payment, and that time has passed since.
create procedure race.was_held_too_long(p_client text, p_practitioner text)
language plpgsql
set session_replication_role = replica
as $$
begin
  update public.client_sessions
     set status     = 'pending_payment',
         expires_at = now() - interval '1 minute'
   where id = race.session_of(p_client, p_practitioner);
end $$;

-- Credits are held until sessions have taken place. The one session of these two is booked so and has begun.
create procedure race.has_begun(p_client text, p_practitioner text)
language plpgsql
as $$
begin
  perform set_config('peer_exchange.settlement', 'completion', true);
  perform race.books(p_client, p_practitioner, '10:00');
  update public.client_sessions
     set session_date = ((now() - interval '1 minute') at time zone 'UTC')::date,
         start_time   = ((now() - interval '1 minute') at time zone 'UTC')::time
   where id = race.session_of(p_client, p_practitioner);
end $$;

-- It ended, or was reported as missed, as long ago as sessions wait to be settled.
create procedure race.is_due(p_client text, p_practitioner text)
language plpgsql
set session_replication_role = replica
as $$
begin
  update public.client_sessions
     set occupied_during     = tstzrange(lower(occupied_during) - interval '25 hours',
                                         upper(occupied_during) - interval '25 hours'),
         no_show_reported_at = no_show_reported_at - interval '24 hours'
   where id = race.session_of(p_client, p_practitioner);
end $$;

-- What was said of a session, and by whom it was settled.
create function race.settled(p_reply json) returns text
language sql immutable
as $$
  select case when not (p_reply ->> 'success')::boolean
              then concat_ws(' ', p_reply ->> 'error_code', p_reply #>> '{details,status}')
              else format('%s, %s settled, %s returned', p_reply ->> 'status', p_reply ->> 'settled_credits',
                          p_reply ->> 'returned_credits') end
$$;

-- The one session of these two has taken place.
create procedure race.took_place(p_client text, p_practitioner text)
language plpgsql
as $$
begin
  call race.has_begun(p_client, p_practitioner);
  perform public.complete_peer_session(race.session_of(p_client, p_practitioner));
end $$;

create function race.rates(p_client text, p_practitioner text, p_stars integer) returns text
language sql
as $$
  select case when not (reply ->> 'success')::boolean then reply ->> 'error_code'
              when (reply ->> 'replayed')::boolean then format('rated %s before', reply ->> 'stars')
              else format('rated %s', reply ->> 'stars') end
    from public.rate_peer_session(race.session_of(p_client, p_practitioner), p_stars) as reply
$$;

create function race.completes(p_client text, p_practitioner text) returns text
language sql
as $$
  select race.settled(public.complete_peer_session(race.session_of(p_client, p_practitioner)))
$$;

create function race.reports(p_client text, p_practitioner text) returns text
language sql
as $$
  select race.settled(public.report_peer_no_show(race.session_of(p_client, p_practitioner)))
$$;

create function race.claims(p_batch integer) returns text
language sql
as $$
  select coalesce(string_agg(format('%s: %s', name, type), ', ' order by name, type), 'nothing')
    from peer_exchange.claim_notifications(p_batch)
$$;

create function race.is_charged(p_client text, p_practitioner text, p_product_id uuid default null) returns text
language sql
as $$
  select race.told(public.process_peer_booking_credits(race.id_of(p_client), race.id_of(p_practitioner),
                      race.session_of(p_client, p_practitioner), 60, p_product_id))
$$;

create function race.is_granted(p_name text, p_credits integer, p_key text default null) returns text
language sql
as $$
  select format('%s has %s', p_name, reply ->> 'balance_after')
         || case when (reply ->> 'replayed')::boolean then ', granted before' else '' end
    from peer_exchange.grant_credits(race.id_of(p_name), p_credits, 'Monthly allocation', p_key) as reply
$$;

create function race.name_of(p_id uuid) returns text
language sql stable
as $$
  select coalesce((select person.first_name from public.users as person where person.id = p_id), 'nobody')
$$;

create view race.told_of_reminders as
select race.name_of(recipient_id) as who, payload ->> 'minutes_before' as minutes_before
  from public.notifications
 where type = 'peer_booking_reminder'
 order by who;

-- How it ends. Nobody overlaps and nothing is found in the ledger, however the spec went.
create view race.ending as
select (select string_agg(format('%s from %s %s', race.name_of(session.client_id),
                                 race.name_of(session.therapist_id), session.status), ', '
                          order by race.name_of(session.client_id), session.therapist_id, session.status,
                                   session.start_time)
          from public.client_sessions as session) as sessions,
       (select string_agg(format('%s %s', race.name_of(credits.user_id), credits.balance)
                          || case when credits.held > 0 then format(' and %s held', credits.held) else '' end
                          || case when credits.owed > 0 then format(' owes %s', credits.owed) else '' end, ', '
                          order by credits.user_id)
          from public.credits) as balances,
       (select sum(credits.balance + credits.held - credits.owed) from public.credits) as total,
       (select count(*)
          from public.client_sessions as one
          join public.client_sessions as other
               on other.id > one.id
              and other.occupied_during && one.occupied_during
              and array[one.client_id, one.therapist_id] && array[other.client_id, other.therapist_id]) as overlaps,
       (select count(*) from peer_exchange.verify_ledger()) as findings;

-- The same where sessions are moved: when they are by the end, and how often somebody was told of a move.
create view race.ending_of_moves as
select (select string_agg(format('%s from %s %s at %s', race.name_of(session.client_id), race.name_of(session.therapist_id),
                                 session.status, to_char(session.start_time, 'HH24:MI')), ', '
                          order by session.start_time, session.status, session.client_id)
          from public.client_sessions as session) as sessions,
       ending.balances, ending.total, ending.overlaps, ending.findings,
       (select count(*) from peer_exchange.session_moves) as moves,
       (select count(*) from public.notifications where type = 'peer_booking_rescheduled') as told
  from race.ending;
