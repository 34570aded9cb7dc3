-- Whoever sweeps holds only now and then has given the slot to somebody else meanwhile. Two holds that are both still
-- good are a conflict.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
update credits set current_balance = balance;
drop index idx_client_sessions_no_double_booking;
insert into client_sessions (id, therapist_id, client_name, session_date, start_time, duration_minutes, status, expires_at) values
  ('c0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'Hold', '2031-03-10', '09:00', 60, 'pending_payment', now() - interval '1 hour'),
  ('c0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'Given', '2031-03-10', '09:30', 60, 'scheduled', null),
  ('c0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002', 'Hold', '2031-03-11', '09:00', 60, 'pending_payment', 'infinity'),
  ('c0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000002', 'Hold', '2031-03-11', '09:30', 60, 'pending_payment', 'infinity');
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
-- Once one of them is swept, the constraint comes.
update client_sessions set status = 'expired' where id = 'c0000000-0000-4000-8000-000000000004';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select client_name, occupied_during is not null as has_time from client_sessions where session_date between '2031-03-10' and '2031-03-11' order by id;
-- One that has run out since is nothing to mend.
set session_replication_role = replica;
update client_sessions set expires_at = now() - interval '1 minute' where id = 'c0000000-0000-4000-8000-000000000003';
reset session_replication_role;
select object, action from peer_exchange.setup() where action <> 'unchanged';
-- But it is not to keep a new constraint away.
alter table client_sessions drop constraint client_sessions_no_overlap;
set session_replication_role = replica;
insert into client_sessions (therapist_id, client_name, session_date, start_time, duration_minutes, status, occupied_during)
select therapist_id, 'Given', session_date, start_time, duration_minutes, 'scheduled', occupied_during
  from client_sessions where id = 'c0000000-0000-4000-8000-000000000003';
reset session_replication_role;
select object, action from peer_exchange.setup() where action <> 'unchanged';
select distinct action from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
