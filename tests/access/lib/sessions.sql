-- Sessions by name: `paid` and `soon` lie ahead, `begun` has begun, `unpaid` was inserted and never
-- charged, `strange` is of two other people.
create table access.sessions (name text primary key, id uuid);
grant select on access.sessions to public;

create function access.session(name text) returns uuid
language sql stable
as $$
  select id from access.sessions where sessions.name = session.name
$$;

create procedure access.books(name text, client text, practitioner text, at timestamptz, key text default null)
language plpgsql
as $$
declare
  start timestamp := at at time zone 'Europe/London';
  reply json := public.create_peer_booking(access.id(client), access.id(practitioner), start::date,
                  date_trunc('minute', start)::time, 60, 'massage', null, null, key);
begin
  assert (reply ->> 'success')::boolean, reply::text;
  insert into access.sessions values (name, (reply ->> 'session_id')::uuid);
end $$;

call access.books('paid', 'Ann', 'Ben', now() + interval '14 days', 'key of Ann');
call access.books('soon', 'Ann', 'Ben', now() + interval '36 hours');
call access.books('begun', 'Ann', 'Ben', now() + interval '20 days');
call access.books('strange', 'Dan', 'Eve', now() + interval '15 days', 'key of Dan');

-- Nobody books the past, but an administrator may move a session there.
with start as (select (now() - interval '10 minutes') at time zone 'Europe/London' as moment)
update public.client_sessions
   set session_date = moment::date, start_time = date_trunc('minute', moment)::time
  from start
 where id = access.session('begun');

with inserted as (
  insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time,
                                      duration_minutes, is_peer_booking)
  values (access.id('Ann'), access.id('Ben'), 'Ann Doe', (now() + interval '30 days')::date, '10:00', 60, true)
  returning id
)
insert into access.sessions select 'unpaid', id from inserted;


-- Each has been moved once, so that there is something to be read of it.
insert into peer_exchange.session_moves (id, session_id, moved_by, previous_session_date, previous_start_time, session_date, start_time, status)
select gen_random_uuid(), access.session(session), access.id(mover), now(), '10:00', now(), '11:00', 'scheduled'
  from (values ('paid', 'Ann'), ('paid', 'Ben'), ('strange', 'Dan')) as moves (session, mover);
