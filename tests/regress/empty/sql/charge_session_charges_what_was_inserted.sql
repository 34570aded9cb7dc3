-- Once, and also when it is over: the application accepts first and has it paid for later.
begin;
call story.starts();
call give('Ann', 110);
call inserts('Ann', 'Ben', '10:00', status => 'confirmed');
call inserts('Ann', 'Ben', '12:00', 30);
call inserts('Ann', 'Ben', '14:00', is_peer_booking => false);
call inserts('Eli', 'Ben', '15:00', is_peer_booking => false);
call inserts('Ann', 'Ben', '16:00');
call inserts('Ann', 'Ben', '18:00');
call inserts('Ann', 'Ben', '20:00', status => 'pending_approval');
create function pg_temp.charged(at time) returns jsonb language sql as $$
  select plain(peer_exchange.charge_session((select id from client_sessions where start_time = at)))
$$;
select pg_temp.charged('10:00');
select pg_temp.charged('10:00');
update client_sessions set status = 'completed', session_date = current_date - 1 where start_time = '12:00';
select pg_temp.charged('12:00');
select * from sessions;
select * from balances;
select * from messages;
select books_balance();

-- What cannot be charged.
select pg_temp.charged('16:00');
call give('Ann', 100);
select peer_exchange.charge_session(null);
select peer_exchange.charge_session(id('Nobody'));
select pg_temp.charged('14:00') ->> 'error_code' as ordinary;
select pg_temp.charged('15:00') ->> 'error_code' as of_a_client;
update client_sessions set status = 'cancelled' where start_time = '18:00';
select pg_temp.charged('18:00') ->> 'error_code' as cancelled;
select pg_temp.charged('20:00') ->> 'status' as waited_for_approval;
select rpc, code from refusals();
select books_balance();
rollback;

-- Whatever else the claims of the request say.
begin;
call story.starts();
call give('Ann', 60);
call inserts('Ann', 'Ben');
call signs_in('Cyd');
select plain(peer_exchange.charge_session(session('Ann', 'Ben'))) -> 'success' as charged;
rollback;
