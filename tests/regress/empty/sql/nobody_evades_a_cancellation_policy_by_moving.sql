-- Everything goes back up to two days before, a third up to one day, then nothing. Sessions start so many hours
-- from now(), which stands still within a transaction.
begin;
call story.starts();
call give('Ann', 1000);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 48, 24, 24, 33.33);

create function pg_temp.moves(person text, starts_in interval, to_start_in interval) returns text
language plpgsql as $$
declare
  start  timestamp := (now() + starts_in) at time zone 'UTC';
  target timestamp := (now() + to_start_in) at time zone 'UTC';
  id     uuid;
  reply  json;
begin
  call signs_in('Ann');
  id := create_peer_booking(story.id('Ann'), story.id('Ben'), start::date, start::time, 45, 'massage') ->> 'session_id';
  call signs_in(person);
  reply := reschedule_peer_booking(id, target::date, target::time);
  call signs_in(null);
  perform process_peer_booking_refund(id);
  return coalesce(format('%s: %s %s', reply ->> 'error_code', reply ->> 'error', nullif(reply ->> 'details', '{}')), 'moved');
end $$;

select coalesce(person, 'service') as person, starts_in, to_start_in, case moved when ':  ' then 'moved' else moved end as outcome
  from (values
    -- The client moves only what she could cancel for all of it, wherever to.
    ('Ann', interval '48 hours', interval '100 hours'),
    ('Ann', interval '48 hours', interval '1 hour'),
    ('Ann', interval '48 hours -1 microsecond', interval '100 hours'),
    ('Ann', interval '24 hours', interval '100 hours'),
    ('Ann', interval '24 hours -1 microsecond', interval '100 hours'),
    ('Ann', interval '1 minute', interval '2 minutes'),
    -- The practitioner moves it whenever he likes, but to where she could still cancel for all of it.
    ('Ben', interval '1 minute', interval '48 hours'),
    ('Ben', interval '100 hours', interval '48 hours'),
    ('Ben', interval '100 hours', interval '48 hours -1 microsecond'),
    ('Ben', interval '1 minute', interval '24 hours'),
    ('Ben', interval '100 hours', interval '24 hours -1 microsecond'),
    -- The service answers for what it does.
    (null, interval '1 minute', interval '100 hours'),
    (null, interval '100 hours', interval '1 minute')) as attempt (person, starts_in, to_start_in),
       pg_temp.moves(person, starts_in, to_start_in) as moved;

-- Which rule is named where another one is broken as well: hers comes before the slot, his after it.
call inserts('Cyd', 'Ben', '10:00', day => (now() at time zone 'UTC')::date + 1, is_peer_booking => false);
create function pg_temp.moves_there(person text, starts_in interval) returns text language sql as $$
  select pg_temp.moves(person, starts_in, ((now() at time zone 'UTC')::date + 1 + time '10:00') at time zone 'UTC' - now())
$$;
select pg_temp.moves_there('Ann', interval '47 hours');
select pg_temp.moves_there('Ben', interval '100 hours');

-- A policy that is switched off means nothing.
update cancellation_policies set is_active = false;
select person, case moved when ':  ' then 'moved' else moved end as outcome
  from (values ('Ann', interval '1 minute', interval '50 hours'), ('Ben', interval '100 hours', interval '1 minute')) as attempt (person, starts_in, to_start_in),
       pg_temp.moves(person, starts_in, to_start_in) as moved;
select books_balance();
rollback;
