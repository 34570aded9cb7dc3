-- Of an application whose columns may be NULL, and whose numbers are large. Whoever shares a session with Cyd, and Cyd herself,
-- can go on.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
update credits set current_balance = balance;
alter table client_sessions alter session_date drop not null, alter start_time drop not null, alter duration_minutes drop not null,
                            alter duration_minutes type bigint, alter credit_cost type bigint;
alter table client_sessions drop constraint if exists client_sessions_duration_minutes_check;
drop index idx_client_sessions_no_double_booking;
insert into client_sessions (id, therapist_id, client_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking, credit_cost)
select format('c0000000-0000-4000-8000-00000000%s%s', lpad(odd.position::text, 2, '0'), lpad(status.position::text, 2, '0'))::uuid,
       'a0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'Ann',
       odd.day, odd.at, odd.minutes, status.name::session_status, true, 3000000000
  from (values (1, null::date, time '09:00', 60::bigint), (2, '2031-03-10', null, 60), (3, '5874897-12-31', '09:00', 60), (4, '294276-12-31', '24:00', 60),
               (5, '2025025-06-01', '09:00', 60), (6, 'infinity', '09:00', 60), (7, '-infinity', '09:00', 60), (8, '2031-04-10', '09:00', null),
               (9, '2031-04-10', '09:00', -3000000000)) as odd (position, day, at, minutes)
 cross join unnest(array['scheduled', 'pending_approval', 'cancelled', 'completed']) with ordinality as status (name, position);
create extension peer_exchange cascade;
\pset format unaligned
select object, left(detail, 30) as detail from peer_exchange.setup() where action = 'conflict' and object like 'session%' order by object;
select object, action from peer_exchange.setup() where action not in ('conflict', 'unchanged');
\pset format aligned
\i regress/adopted/scratch_story.sql
select count(*) as occupying from client_sessions where credit_cost = 3000000000 and occupied_during is not null;

\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 1000);
-- Bookings, quotes, slots, lists.
select book('Ann', 'Cyd', '12:00') ->> 'success' as booked;
select plain(quote_peer_booking(id('Ann'), id('Cyd'), monday(), '14:00', 60, 'massage')) ->> 'success' as quoted;
select json_array_length(get_available_slots(id('Cyd'), monday(), monday(), 60, 60) -> 'slots') > 0 as offered;
call signs_in('Ann');
select count(*) as listed from json_array_elements(get_my_peer_sessions('all', 100) -> 'sessions') as listed where listed ->> 'session_id' like 'c0%';
-- A session that is over needs no instant.
select position, process_peer_booking_refund(format('c0000000-0000-4000-8000-00000000%s03', lpad(position::text, 2, '0'))::uuid) ->> 'error_code' as cancelled,
       process_peer_booking_refund(format('c0000000-0000-4000-8000-00000000%s04', lpad(position::text, 2, '0'))::uuid) ->> 'error_code' as completed
  from generate_series(1, 9) as position;
-- One that is not is cancelled by either.
select process_peer_booking_refund('c0000000-0000-4000-8000-000000000101') ->> 'success' as cancelled;
select reschedule_peer_booking('c0000000-0000-4000-8000-000000000201', monday(), '17:00') ->> 'error_code' as moved;
select process_peer_booking_credits(id('Ann'), id('Cyd'), 'c0000000-0000-4000-8000-000000000201', 60) ->> 'error_code' as charged;
call signs_in(null);
select peer_exchange.send_due_reminders() >= 0 as reminded, peer_exchange.cancel_orphaned_sessions() >= 0 as tidied;
update users set is_active = false where id = id('Cyd');
select status, count(*) from client_sessions where credit_cost = 3000000000 group by status order by status;
rollback;
begin;
call story.starts();
alter table client_sessions drop constraint client_sessions_therapist_id_fkey;
delete from practitioner_products;
delete from users where id = id('Cyd');
select status, count(*) from client_sessions where credit_cost = 3000000000 group by status order by status;
rollback;

-- Nobody makes another one.
begin;
call story.starts();
grant insert, update, select on client_sessions to authenticated;
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Cyd', day => null);
call inserts('Ann', 'Cyd', at => null);
call inserts('Ann', 'Cyd', day => null, status => 'pending_payment');
call inserts('Ann', 'Cyd', day => '5874897-12-31', status => 'pending_approval');
call inserts('Ann', 'Cyd', '24:00', day => '294276-12-31', status => 'pending_approval');
call inserts('Ann', 'Cyd', '18:00');
update client_sessions set session_date = null where client_id = id('Ann') and start_time = '18:00';
rollback;
\i regress/adopted/scratch_end.sql
