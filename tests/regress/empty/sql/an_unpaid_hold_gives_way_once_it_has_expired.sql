-- now() stands still within a transaction, so the edge is exact.
begin;
call story.starts();
call give('Ann', 1000);
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
select book('Ann', 'Ben') ->> 'error_code' as held_without_end;
update client_sessions set expires_at = now() + interval '1 microsecond';
select world() as before \gset
select book('Ann', 'Ben', '10:30') ->> 'error_code' as still_held;
select world() = :'before' as nothing_was_written;

call holds_run_out();
select book('Ann', 'Ben', '10:30') -> 'success' as booked;
select who(client_id) as client, status, occupied_during is not null as occupies from client_sessions order by client;
rollback;

-- A request that is refused for another reason leaves even an expired hold as it is.
begin;
call story.starts();
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
call holds_run_out();
select world() as before \gset
select book('Ann', 'Ben') ->> 'error_code' as code;
select world() = :'before' as nothing_was_written;
rollback;

-- A session that is inserted directly takes an expired hold over as well.
begin;
call story.starts();
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
call holds_run_out();
call inserts('Ann', 'Ben', '10:30');
select who(client_id) as client, status, occupied_during is not null as occupies from client_sessions order by client;
rollback;

-- One that had run out when it was written takes no time to begin with, so there is nothing to give way.
begin;
call story.starts();
call give('Ann', 1000);
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
update client_sessions set expires_at = now();
select book('Ann', 'Ben', '10:30') -> 'success' as booked;
select who(client_id) as client, status, occupied_during is not null as occupies from client_sessions order by client;
-- Given more time, it would be in the way.
\set VERBOSITY sqlstate
update client_sessions set expires_at = now() + interval '1 minute' where client_id = id('Eli');
rollback;
