-- This application knows no expired session and no refund.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
drop index idx_client_sessions_no_double_booking;
alter table client_sessions
  alter status drop default, alter status type text, alter status set default 'scheduled',
  add constraint statuses check (status in ('scheduled', 'pending_payment', 'completed', 'cancelled')),
  add constraint payment_statuses check (payment_status in ('pending', 'paid', 'completed'));
update credits set current_balance = balance;
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
call holds_run_out();
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select who(client_id) as client, status, payment_status from client_sessions where session_date = monday() order by client;
\set VERBOSITY terse
savepoint before_it;
update client_sessions set status = 'nonsense' where not is_peer_booking;
rollback to before_it;
update client_sessions set payment_status = 'nonsense' where not is_peer_booking;
rollback;
\i regress/adopted/scratch_end.sql
