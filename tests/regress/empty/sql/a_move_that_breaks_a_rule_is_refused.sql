-- By the rules of a new booking, and some of its own; a refusal has written nothing.
begin;
call story.starts();
insert into practitioner_availability (user_id, working_hours) values
  (id('Ben'), '{"monday": {"start": "08:00", "end": "18:00"}, "tuesday": {"start": "08:00", "end": "18:00"}}');
insert into calendar_events (user_id, title, start_time, end_time)
values (id('Ben'), 'Away', (monday() + time '16:00') at time zone 'UTC', (monday() + time '17:00') at time zone 'UTC');
call give('Ann', 1000);
call give('Ben', 1000);
call give('Cyd', 1000);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Cyd', 'Ben', '12:00') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
select book('Ben', 'Cyd', '08:00') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset

create function pg_temp.told(reply json) returns text language sql as $$
  select format('%s: %s %s%s', reply ->> 'error_code', reply ->> 'error', reply -> 'details',
                case when (reply::jsonb - '{success,error_code,error,details}'::text[]) <> '{}' then ' and more' end)
$$;
-- Refused, and nothing written: neither by Ann nor by Ben nor by the service.
create function pg_temp.refused(session uuid, day date, at time, key text default null) returns setof text language plpgsql as $$
declare
  before text := world() || (select coalesce(max(id::text), '') from peer_exchange.session_moves);
  person text;
begin
  foreach person in array array['Ann', 'Ben', null] loop
    call signs_in(person);
    return next coalesce(person, 'service') || ' ' || pg_temp.told(reschedule_peer_booking(session, day, at, key));
  end loop;
  call signs_in(null);
  assert before = world() || (select coalesce(max(id::text), '') from peer_exchange.session_moves), 'something was written';
end $$;
-- What is missing
select pg_temp.refused(null, null, null);
select pg_temp.refused(:'session', null, null);
select pg_temp.refused(:'session', monday(), null);
-- No such session
select pg_temp.refused(id('Nobody'), monday(), '11:00');
-- The time
select pg_temp.refused(:'session', current_date - 1, '10:00');
select pg_temp.refused(:'session', '-infinity', '10:00');
select pg_temp.refused(:'session', monday(60), '10:00');
select pg_temp.refused(:'session', 'infinity', '10:00');
select pg_temp.refused(:'session', monday(), '17:01');
select pg_temp.refused(:'session', monday() + 2, '10:00');
select pg_temp.refused(:'session', monday(), '15:30');
-- Ben gives at twelve, receives at eight; Ann receives at two.
select pg_temp.refused(:'session', monday(), '11:01');
select pg_temp.refused(:'session', monday(), '08:59');
select pg_temp.refused(:'session', monday(), '13:01');
-- Where they touch there is room.
select reschedule_peer_booking(:'session', monday(), '11:00') -> 'success' as moved;
select reschedule_peer_booking(:'session', monday(), '09:00') -> 'success' as moved;
select reschedule_peer_booking(:'session', monday(), '13:00') -> 'success' as moved;
set local peer_exchange.min_notice_minutes = 527040;
select pg_temp.refused(:'session', monday() + 1, '10:00');
reset peer_exchange.min_notice_minutes;

-- Who may not meet any more moves nothing.
alter table users disable trigger peer_exchange_deactivation;
update users set is_active = false where id = id('Ann');
select pg_temp.refused(:'session', monday() + 1, '10:00');
update users set is_active = true where id = id('Ann');
update users set user_role = 'client' where id = id('Ben');
select pg_temp.refused(:'session', monday() + 1, '10:00');
update users set user_role = 'osteopath' where id = id('Ben');
alter table users enable trigger peer_exchange_deactivation;

-- Not everything can be moved.
update client_sessions set status = 'no_show' where id = :'session';
select pg_temp.refused(:'session', monday() + 1, '10:00');
update client_sessions set status = 'completed' where id = :'session';
select pg_temp.refused(:'session', monday() + 1, '10:00');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select session('Ann', 'Ben', '10:00') as begun \gset
update client_sessions set status = 'in_progress' where id = :'begun';
select pg_temp.refused(:'begun', monday() + 1, '10:00');
update client_sessions set status = 'scheduled', session_date = (now() at time zone 'UTC')::date, start_time = (now() at time zone 'UTC')::time
 where id = :'begun';
select pg_temp.refused(:'begun', monday() + 1, '10:00');
update client_sessions set session_date = monday(3) where id = :'begun';
select process_peer_booking_refund(:'begun') -> 'refunded_credits' as refunded;
select pg_temp.refused(:'begun', monday() + 1, '10:00');
call inserts('Ann', 'Ben', '10:00', day => monday() + 1);
select pg_temp.refused(session('Ann', 'Ben', '10:00'), monday() + 1, '11:00');
call inserts('Ann', 'Ben', '12:00', day => monday() + 1, status => 'pending_payment');
select pg_temp.refused(session('Ann', 'Ben', '12:00'), monday() + 1, '14:00');
call inserts('Ann', 'Ben', '16:00', day => monday() + 1, is_peer_booking => false);
select pg_temp.refused(session('Ann', 'Ben', '16:00'), monday() + 1, '14:00');
select books_balance();

\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
-- Somebody else's session, a time of the next day, a key that is too long.
call signs_in('Eli');
select reschedule_peer_booking(:'session', monday(), '11:00');
select reschedule_peer_booking(id('Nobody'), monday(), '11:00') -> 'error_code' as refused;
call signs_in('Ann');
select reschedule_peer_booking(:'session', monday(), '24:00');
select reschedule_peer_booking(:'session', monday(), '11:00', repeat('x', 256));
rollback;

-- A hold whose time has run out gives way, and one that has time left does not.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
call inserts('Cyd', 'Ben', '12:00', status => 'pending_payment');
update client_sessions set expires_at = now() + interval '1 second' where status = 'pending_payment';
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '12:30') -> 'error_code' as refused;
call holds_run_out();
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '12:30') -> 'success' as moved;
table sessions;
rollback;
