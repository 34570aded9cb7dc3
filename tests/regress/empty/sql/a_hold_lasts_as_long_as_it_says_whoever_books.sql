-- Where expires_at says no time zone, it is read in that of the owner's sessions.
begin;
call story.starts();
call lives_in('America/New_York');
alter table client_sessions alter expires_at type timestamp;
call give('Ann', 100);
call inserts('Eli', 'Ben', status => 'pending_payment', is_peer_booking => false);
update client_sessions set expires_at = (now() + interval '1 hour') at time zone 'America/New_York';
-- There it is nineteen hours later, or eighteen.
set local timezone = 'Pacific/Kiritimati';
select book('Ann', 'Ben') ->> 'error_code' as code;
select status from client_sessions;
update client_sessions set status = 'pending_payment';
select occupied_during is not null as occupies from client_sessions;

-- And there some hours less.
set local session_replication_role = replica;
update client_sessions set expires_at = (now() - interval '1 hour') at time zone 'America/New_York';
set local session_replication_role = origin;
set local timezone = 'Pacific/Honolulu';
select book('Ann', 'Ben') -> 'success' as booked;
select who(client_id) as client, status from client_sessions order by client;
rollback;
