-- With another condition, for another event, of other columns, and with another function.
begin;
call story.starts();
drop trigger zzzz_peer_exchange_1_guard_insert on client_sessions;
create trigger zzzz_peer_exchange_1_guard_insert before insert on client_sessions
  for each row when (false) execute function peer_exchange.guard_session_insert();
drop trigger peer_exchange_append_only on credit_transactions;
create trigger peer_exchange_append_only before update on credit_transactions
  for each row execute function peer_exchange.guard_ledger();
create or replace trigger zzzz_peer_exchange_3_keep_time before insert or update of notes on client_sessions
  for each row execute function peer_exchange.keep_session_time();
create or replace trigger peer_exchange_deactivation after update of is_active on users
  for each row when (old.is_active and new.is_active is not true) execute function peer_exchange.keep_search_entry();
create or replace trigger peer_exchange_guard before update on notifications
  for each statement execute function peer_exchange.guard_notification();
select object, action from peer_exchange.setup(true) where action <> 'unchanged';
select detail from peer_exchange.setup() where object = 'trigger zzzz_peer_exchange_1_guard_insert on public.client_sessions';
select distinct action from peer_exchange.setup();
select pg_get_triggerdef(oid) from pg_trigger
 where tgname in ('zzzz_peer_exchange_1_guard_insert', 'peer_exchange_append_only', 'peer_exchange_deactivation') order by tgname;
select obj_description(oid) from pg_trigger where tgname = 'peer_exchange_append_only';
rollback;

-- What came in while the guards were no guards.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
create or replace trigger zzzz_peer_exchange_3_keep_time before insert or update of notes on client_sessions
  for each row when (false) execute function peer_exchange.keep_session_time();
alter table client_sessions disable trigger peer_exchange_1_check_time;
update client_sessions set start_time = '12:00';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select lower(occupied_during)::time as starts from client_sessions;
create or replace trigger zzzz_peer_exchange_3_keep_time before insert or update of notes on client_sessions
  for each row execute function peer_exchange.keep_session_time();
alter table client_sessions disable trigger peer_exchange_1_check_time;
update client_sessions set start_time = '14:00';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select lower(occupied_during)::time as starts from client_sessions;
rollback;
