-- Time zones that nobody lists count as the setting's; dates beyond all clocks, and none, take no time. All are named, and
-- nobody else is harmed.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
update credits set current_balance = balance;
alter table client_sessions alter session_date drop not null, alter start_time drop not null, alter duration_minutes type bigint;
alter table client_sessions drop constraint if exists client_sessions_duration_minutes_check;
insert into practitioner_availability (user_id, timezone) values
  ('a0000000-0000-4000-8000-000000000003', 'London'), ('a0000000-0000-4000-8000-000000000004', 'UTC+2')
  on conflict (user_id) do update set timezone = excluded.timezone;
insert into client_sessions (id, therapist_id, client_name, session_date, start_time, duration_minutes) values
  ('c0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003', 'In London', '2031-03-10', '09:00', 60),
  ('c0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000003', 'Far', '294276-12-31', '24:00', 60),
  ('c0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000003', 'Farther', '5874897-12-31', '09:00', 60),
  ('c0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000003', 'Never', 'infinity', '09:00', 60),
  ('c0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000003', 'No day', null, '09:00', 60),
  ('c0000000-0000-4000-8000-000000000006', 'a0000000-0000-4000-8000-000000000003', 'No start', '2031-03-10', null, 60),
  ('c0000000-0000-4000-8000-000000000007', 'a0000000-0000-4000-8000-000000000003', 'Long', '2031-04-10', '09:00', 3000000000);
create extension peer_exchange cascade;
\pset format unaligned
select object, detail from peer_exchange.setup() where action = 'conflict' order by object;
select object, action from peer_exchange.setup() where action not in ('conflict', 'unchanged');
select client_name, occupied_during from client_sessions where id = 'c0000000-0000-4000-8000-000000000001';
\pset format aligned
update client_sessions set notes = 'Seen' where id::text like 'c0000000%';
\i regress/adopted/scratch_end.sql
