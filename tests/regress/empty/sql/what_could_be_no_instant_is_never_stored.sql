\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call inserts('Ann', 'Ben', day => '5874897-12-31', status => 'pending_approval');
call inserts('Ann', 'Ben', '24:00', day => '294276-12-31', status => 'pending_approval');
call inserts('Ann', 'Ben', day => '2025025-06-01');
call inserts('Ann', 'Ben', day => 'infinity', status => 'cancelled');
call inserts('Ann', 'Ben', day => '4000-01-01 BC', is_peer_booking => false);
call inserts('Ann', 'Ben');
update client_sessions set session_date = '10000-01-01';
update client_sessions set session_date = '9999-12-31', start_time = '24:00';
-- Whoever leaves keeps nobody from it.
update users set is_active = false where id = id('Ben');
select status, occupied_during is not null as occupies from client_sessions;
rollback;
