-- One person's slip stops nobody, herself included; setup() names it. An abbreviation is no name of a zone.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 1000);
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/Atlantis'), (id('Cyd'), 'BST');
set local session_replication_role = origin;
set local peer_exchange.timezone = 'America/New_York';
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
select who(therapist_id) as practitioner, start_time, lower(occupied_during) at time zone 'America/New_York' - monday() as begins_at
  from client_sessions order by start_time;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged' order by object;
select count(*) as findings from peer_exchange.verify_ledger();

-- An administrator's slip is refused where it is made.
set local peer_exchange.timezone = 'Europe/Atlantis';
show peer_exchange.timezone;
rollback;
