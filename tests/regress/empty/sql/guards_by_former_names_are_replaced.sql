-- Those of an earlier version fired before the application's triggers, in whose names the order lies.
begin;
call story.starts();
create trigger peer_exchange_1_guard_change before update on client_sessions
  for each row execute function peer_exchange.guard_session_change();
create trigger peer_exchange_1_guard_insert before insert on client_sessions
  for each row execute function peer_exchange.guard_session_insert();
drop trigger zzzz_peer_exchange_3_keep_time on client_sessions;
create trigger peer_exchange_2_keep_time before insert or update on client_sessions
  for each row execute function peer_exchange.keep_session_time();
select object, action from peer_exchange.setup() where action <> 'unchanged' order by object collate "C";
select distinct action from peer_exchange.setup();
select tgname from pg_trigger where tgrelid = 'client_sessions'::regclass and tgname like '%peer\_exchange\_%' order by tgname collate "C";
rollback;
