-- What the tests of both databases are told with: people by name, days that never rot, and views
-- without ids. Included by prepare.sql, after setup().
create schema story;
-- The tests also play people who sign in.
grant usage on schema story to public;

-- pg_regress starts psql in a time zone and with styles of its own.
create procedure story.starts()
language sql
as $$
  select set_config('timezone', 'UTC', true),
         set_config('datestyle', 'ISO, YMD', true),
         set_config('intervalstyle', 'postgres', true),
         set_config('search_path', 'story, public', true)
$$;

-- Which time zone a fresh session of the owner of the tables has. It counts for whoever has called nothing yet.
create procedure story.lives_in(time_zone text)
language plpgsql
as $$
begin
  execute format('alter role %s in database %I set timezone = %L',
                 (select relowner::regrole from pg_class where oid = 'public.client_sessions'::regclass),
                 current_database(), time_zone);
end $$;

-- Ann, Ben, Cyd, Dee and Eli bear these ids in both databases. Nobody and Nemo do not exist.
create function story.id(person text) returns uuid
language sql immutable
as $$
  select format('a0000000-0000-4000-8000-00000000000%s',
                array_position(array['Ann', 'Ben', 'Cyd', 'Dee', 'Eli', 'Nobody', 'Nemo'], person))::uuid
$$;

create function story.who(person_id uuid) returns text
language sql immutable
as $$
  select person from unnest(array['Ann', 'Ben', 'Cyd', 'Dee', 'Eli']) as person
   where story.id(person) = person_id
$$;

-- A Monday between eight and fourteen days from now, or so many weeks later.
create function story.monday(weeks integer default 0) returns date
language sql stable
as $$
  select date_trunc('week', now() at time zone 'UTC')::date + 14 + 7 * weeks
$$;

-- PostgREST leaves the claims of the token in this setting; NULL takes them away.
create procedure story.signs_in(person text, role text default 'authenticated')
language sql
as $$
  select set_config('request.jwt.claims',
                    case when person is not null
                         then json_build_object('sub', story.id(person), 'role', role)::text
                         else '' end, true)
$$;

create procedure story.give(person text, amount integer)
language sql
as $$
  select peer_exchange.grant_credits(story.id(person), amount, 'Welcome')
$$;

-- Replies without the one thing in them that is different every time.
create function story.plain(reply json) returns jsonb
language sql immutable
as $$
  select reply::jsonb - 'session_id'
$$;

create function story.book(
  client text, practitioner text, at time default '10:00', minutes integer default 60,
  day date default story.monday(), product uuid default null, key text default null)
returns jsonb
language sql
as $$
  select story.plain(create_peer_booking(story.id(client), story.id(practitioner), day, at, minutes,
                                         'massage', null, product, key))
$$;

create function story.ask(
  client text, practitioner text, at time default '10:00', minutes integer default 60,
  day date default story.monday(), product uuid default null, key text default null)
returns jsonb
language sql
as $$
  select story.plain(request_peer_booking(story.id(client), story.id(practitioner), day, at, minutes,
                                          'massage', null, product, key)) - 'expires_at'
$$;

-- Something of the application fails for whoever is named in this column.
create function story.fails_for_ben() returns trigger language plpgsql as $$
begin
  if row_to_json(new) ->> tg_argv[0] = story.id('Ben')::text then
    raise exception 'not for Ben' using errcode = 'PT409';
  end if;
  return new;
end $$;

-- The older clients' first step: the session is inserted by the client herself.
create procedure story.inserts(
  client text, practitioner text, at time default '10:00', minutes integer default 60,
  day date default story.monday(), status text default 'scheduled', is_peer_booking boolean default true)
language plpgsql
as $$
begin
  execute format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, '
                 'duration_minutes, status, is_peer_booking) values ($1, $2, $3, $4, $5, $6, %L, $7)', status)
    using story.id(client), story.id(practitioner), client, day, at, minutes, is_peer_booking;
end $$;

-- The one session of these two, or the one of them that begins at this time.
create function story.session(client text, practitioner text, at time default null) returns uuid
language sql stable
as $$
  select (select session.id
            from public.client_sessions as session
           where session.client_id = story.id(client)
             and session.therapist_id = story.id(practitioner)
             and session.start_time = coalesce(at, session.start_time))
$$;

create function story.accept(client text, practitioner text, at time default null) returns jsonb
language sql
as $$
  select story.plain(accept_peer_booking(story.session(client, practitioner, at)))
$$;

create function story.charge(client text, practitioner text, at time default null, minutes integer default 60)
returns jsonb
language sql
as $$
  select story.plain(process_peer_booking_credits(story.id(client), story.id(practitioner),
                                                  story.session(client, practitioner, at), minutes))
$$;

create function story.refund(client text, practitioner text, at time default null) returns jsonb
language sql
as $$
  select story.plain(process_peer_booking_refund(story.session(client, practitioner, at), 'Ill'))
$$;

-- Who has come and who has not.
create function story.complete(client text, practitioner text, at time default null) returns jsonb
language sql
as $$
  select story.plain(complete_peer_session(story.session(client, practitioner, at)))
$$;

create function story.report(client text, practitioner text, reason text default null, at time default null)
returns jsonb
language sql
as $$
  select story.plain(report_peer_no_show(story.session(client, practitioner, at), reason))
$$;

create function story.resolve(client text, practitioner text, client_percent numeric, reason text default 'Heard both')
returns jsonb
language sql
as $$
  select story.plain(peer_exchange.resolve_dispute(story.session(client, practitioner), client_percent, reason))
$$;

-- Time passes: what was reported was reported so long ago. Nobody wrote that, so no trigger has seen it.
create procedure story.was_reported(since_report interval)
language plpgsql
as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  update public.client_sessions set no_show_reported_at = now() - since_report where no_show_reported_at is not null;
  perform set_config('session_replication_role', 'origin', true);
end $$;

-- Time passes: what was paid was paid so long ago. The ledger is append-only, so its guards must be off.
create procedure story.waits(since_payment interval)
language plpgsql
as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  update public.credit_transactions set created_at = now() - since_payment;
  perform set_config('session_replication_role', 'origin', true);
end $$;

-- Time passes: what was held until its payment was held so long that it has run out. Nobody wrote that, so no trigger
-- has seen it.
create procedure story.holds_run_out()
language plpgsql
as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  update public.client_sessions set expires_at = now() where status::text = 'pending_payment';
  perform set_config('session_replication_role', 'origin', true);
end $$;

-- The same of what was asked for: it was asked for an hour earlier, and waits no longer.
create procedure story.requests_run_out()
language plpgsql
as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  update public.client_sessions
     set requested_at = now() - interval '1 hour', expires_at = now()
   where requested_at is not null and status::text = 'pending_approval';
  perform set_config('session_replication_role', 'origin', true);
end $$;

-- The application moves the session of these two to so long from now; now() stands still in a transaction.
create procedure story.begins_in(client text, practitioner text, until_start interval)
language sql
as $$
  update public.client_sessions
     set session_date = ((now() + until_start) at time zone peer_exchange.time_zone_of(therapist_id))::date,
         start_time   = ((now() + until_start) at time zone peer_exchange.time_zone_of(therapist_id))::time
   where id = story.session(client, practitioner)
$$;

create view story.reminders as
select story.who(recipient_id) as person, (payload ->> 'minutes_before')::integer as minutes_before
  from public.notifications
 where type::text = 'peer_booking_reminder'
 order by person, minutes_before;

-- What a worker gets, without ids and in an order of its own.
create function story.claim(batch integer default 50, lease interval default '2 minutes')
returns table (person text, email text, name text, type text, attempt integer)
language sql
as $$
  select story.who(recipient_id), email, name, type, attempt
    from peer_exchange.claim_notifications(batch, lease)
   order by 1, type
$$;

-- The lease of every worker, or the wait after its failure, is over.
create procedure story.leases_end()
language sql
as $$
  update public.notifications set delivery_due_at = now() where delivery_due_at is not null
$$;

create view story.outbox as
select story.who(recipient_id) as person, type::text as type, delivery_due_at is not null as is_due,
       delivery_attempts as attempts, delivered_at is not null as is_delivered, delivery_error as error,
       read_at is not null as is_read
  from public.notifications
 where type::text like 'peer\_%'
 order by person, type;

create view story.balances as
select first_name as person, balance, owed, total_earned, total_spent
  from public.credits
  join public.users on users.id = credits.user_id
 order by first_name;

-- A function, so that nothing keeps the type of these columns.
create function story.accounts() returns table (person text, balance integer, held integer, owed integer)
language sql stable
as $$
  select first_name, balance, held, owed
    from public.credits
    join public.users on users.id = credits.user_id
   order by first_name
$$;

-- What became of whose session, whenever it began.
create function story.outcomes() returns table (client text, practitioner text, status text, payment_status text, held integer)
language sql stable
as $$
  select story.who(client_id), story.who(therapist_id), status::text, payment_status::text, held_credits
    from public.client_sessions
   where is_peer_booking
   order by 1, 2
$$;

-- What people are told in words, whenever it began.
create function story.words(type text) returns table (person text, title text, body text)
language sql stable
as $$
  select story.who(recipient_id), title, regexp_replace(body, ' on \d+ \w+ \d+ at \d\d:\d\d', '')
    from public.notifications
   where notifications.type::text = words.type
   order by 1
$$;

-- The ids of ledger rows grow with time; those of an application's own rows are random, and come last.
create view story.ledger as
select story.who(user_id) as person, transaction_type as type, amount, balance_before as before,
       balance_after as after, owed_before, owed_after, session_id is not null as of_session, description
  from public.credit_transactions
 order by substr(id::text, 15, 1) <> '7', id;

create view story.sessions as
select story.who(client_id) as client, story.who(therapist_id) as practitioner, start_time, duration_minutes as minutes,
       status::text as status, payment_status, credit_cost as cost, occupied_during is not null as occupies
  from public.client_sessions
 where is_peer_booking
 order by session_date, start_time, client, practitioner;

create view story.messages as
select story.who(recipient_id) as person, type::text as type, (payload ->> 'credits')::integer as credits,
       (payload ->> 'balance_after')::integer as balance_after
  from public.notifications
 where type::text like 'peer\_%'
 order by person, type, balance_after;

-- A function, so that nothing here goes with the extension.
create function story.refusals()
returns table (rpc text, code text, client text, practitioner text, of_session boolean)
language sql stable
as $$
  select rpc, error_code, story.who(client_id), story.who(practitioner_id), session_id is not null
    from peer_exchange.refusals
   order by id
$$;

-- Every row of every table as it is stored: any write at all, even one that changes nothing, makes
-- another world of it.
create function story.world() returns text
language plpgsql
as $$
declare
  table_name regclass;
  contents   text;
  world      text := '';
begin
  for table_name in
    select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname
  loop
    execute format('select string_agg(format(''%%s %%s %%s'', ctid, xmin, stored), '','' order by ctid) from %s as stored', table_name)
       into contents;
    world := world || format('%s: %s;', table_name, md5(coalesce(contents, '')));
  end loop;
  return md5(world);
end $$;

-- Whether the books are right: no discrepancy, and nothing minted or lost by any session.
create function story.books_balance() returns boolean
language sql stable
as $$
  select not exists (select from peer_exchange.verify_ledger())
         and not exists (select from public.credit_transactions
                          where session_id is not null
                         having sum(balance_after + held_after - owed_after - balance_before - held_before + owed_before) <> 0)
$$;
