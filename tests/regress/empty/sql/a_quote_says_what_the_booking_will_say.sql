begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 500);
insert into practitioner_availability (user_id, timezone, working_hours) values (id('Ben'), 'America/New_York',
  '{"monday": {"enabled": true, "start": "09:00", "end": "17:00"}}');
insert into practitioner_products (id, practitioner_id, duration_minutes, credit_cost) values
  ('b0000000-0000-4000-8000-000000000001', id('Ben'), 45, 20);
insert into calendar_events (user_id, start_time, end_time) values
  (id('Ben'), (monday() + time '15:00') at time zone 'America/New_York', (monday() + time '16:00') at time zone 'America/New_York');
select book('Cyd', 'Ben', '11:00') -> 'success' as taken;

-- The quote, whether it wrote anything, and whether the booking says the same, and a request what the quote says of it; both
-- are undone.
create function story.compare(client text, practitioner text, at time default '09:00', minutes integer default 60,
                              day date default monday(), product uuid default null, session_type text default 'massage')
returns table (quote jsonb, wrote_nothing boolean, says_the_same boolean)
language plpgsql
as $$
declare
  world     text := world();
  booking   jsonb;
  requested jsonb;
begin
  quote := quote_peer_booking(id(client), id(practitioner), day, at, minutes, session_type, null, product, 'a key');
  wrote_nothing := world = world();
  begin
    booking := create_peer_booking(id(client), id(practitioner), day, at, minutes, session_type, null, product, 'a key');
    raise exception 'undone';
  exception when raise_exception then
    null;
  end;
  begin
    requested := request_peer_booking(id(client), id(practitioner), day, at, minutes, session_type, null, product, 'a key');
    raise exception 'undone';
  exception when raise_exception then
    null;
  end;
  says_the_same := plain(quote::json) - '{request,refund_terms}'::text[] = plain(booking::json)
                   and coalesce(quote -> 'request' = jsonb_build_object('status', requested -> 'status', 'expires_at', requested -> 'expires_at'),
                                requested -> 'error_code' = booking -> 'error_code')
                   and quote -> 'session_id' is not distinct from
                   case when quote -> 'success' = 'true' then 'null'::jsonb end;
  quote := quote - 'request';
  return next;
end $$;

call signs_in('Ann');
select * from compare('Ann', 'Ben');
select * from compare('Ann', 'Ben', product => 'b0000000-0000-4000-8000-000000000001');
select wrote_nothing, says_the_same, quote ->> 'error_code' as error_code, quote -> 'credit_cost' as cost
  from (select compared.*
          from (values ('Ann', time '08:59', 60, 0, null::uuid, 'massage'), ('Ann', '11:30', 60, 0, null, 'massage'),
                       ('Ann', '15:30', 60, 0, null, 'massage'), ('Ann', '09:00', 101, 0, null, 'massage'),
                       ('Ann', '09:00', 60, -70, null, 'massage'), ('Ann', '09:00', 60, 700, null, 'massage'),
                       ('Ann', '09:00', 481, 0, null, 'massage'), ('Ann', '09:00', 60, 0, null, ' '),
                       ('Ann', '09:00', 60, 0, id('Ben'), 'massage'), ('Ann', null, 60, 0, null, 'massage'))
               as asked (client, at, minutes, days, product, session_type),
               compare(client, 'Ben', at, minutes, monday() + days, product, session_type) as compared) as answers;
select wrote_nothing, says_the_same, quote ->> 'error_code' as error_code
  from unnest(array['Ann', 'Dee', 'Eli', 'Nobody']) as practitioner, compare('Ann', practitioner);

-- A key that was used says again what it said then.
create temporary table booked as select book('Ann', 'Ben', '09:00', key => 'first') as reply;
select plain(quote_peer_booking(id('Ann'), id('Ben'), monday(), '09:00', 60, 'massage', p_idempotency_key => 'first'))
         = reply || '{"replayed": true}' as as_then
  from booked;
select quote ->> 'session_id' = session('Ann', 'Ben')::text as same_session, quote -> 'replayed' as replayed
  from quote_peer_booking(id('Ann'), id('Ben'), monday(), '09:00', 60, 'massage', p_idempotency_key => 'first') as quote;
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', p_idempotency_key => 'first')
         ->> 'error_code' as another_request;

-- A read-only transaction will do.
set transaction read only;
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '13:00', 30, 'massage') -> 'credit_cost' as cost;
rollback;

-- What a booking has no answer for, its quote has none for either.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
call signs_in('Cyd');
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage');
call signs_in('Ann', 'anon');
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage');
call signs_in('Ann');
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '24:00', 60, 'massage');
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, repeat('x', 201));
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, working_hours) values (id('Ben'), '{"monday": {"start": "nine"}}');
set local session_replication_role = origin;
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage');
rollback;
