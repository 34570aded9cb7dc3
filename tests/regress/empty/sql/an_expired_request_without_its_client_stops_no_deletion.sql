-- Whoever is gone gets nothing back: her request that nobody answered ends with its practitioner.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call requests_run_out();
set local session_replication_role = replica;
update client_sessions set client_id = null;
set local session_replication_role = origin;
select peer_exchange.expire_requests() as ended;
delete from users where id = id('Ben');
select client, practitioner, occupies from sessions;
rollback;
