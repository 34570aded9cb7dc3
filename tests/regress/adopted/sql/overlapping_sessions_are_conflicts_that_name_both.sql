-- The constraint can't be added; everything else is.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
insert into client_sessions (id, therapist_id, client_id, client_name, session_date, start_time, duration_minutes) values
  ('c0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000005', 'Eli', '2031-03-10', '09:00', 180),
  ('c0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000005', 'Eli', '2031-03-10', '09:30', 30),
  ('c0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000005', 'Eli', '2031-03-10', '11:00', 30);
update credits set current_balance = balance;
create extension peer_exchange cascade;
\pset format unaligned
select object, detail from peer_exchange.setup() where action = 'conflict' order by object;
\pset format aligned
select count(*) as constraints from pg_constraint where conname = 'client_sessions_no_overlap';
select count(*) > 0 as has_guards from pg_trigger where tgname like '%peer\_exchange\_%';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
rollback;

-- The fix that is named.
update client_sessions set status = 'cancelled' where id = 'c0000000-0000-4000-8000-000000000001';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select distinct action from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
