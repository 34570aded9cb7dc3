-- 23P01, in each combination of giving and receiving. Ben gives to Cyd from ten to eleven.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Cyd', 100);
select book('Cyd', 'Ben') -> 'success' as booked;
select world() as before \gset
call inserts('Ann', 'Ben', '10:30');
call inserts('Ann', 'Cyd', '10:30');
call inserts('Ben', 'Ann', '10:30');
call inserts('Cyd', 'Ann', '10:30');
-- as an ordinary booking, and by another status
call inserts('Eli', 'Ben', '10:30', is_peer_booking => false);
call inserts('Eli', 'Cyd', '10:30', is_peer_booking => false);
call inserts('Ann', 'Ben', '10:59', status => 'confirmed');
call inserts('Ann', 'Ben', '09:01', status => 'pending_payment');
select world() = :'before' as nothing_was_written;

-- Touching is not overlapping, and what is not active takes no time.
call inserts('Ann', 'Ben', '11:00');
call inserts('Ann', 'Ben', '09:00');
call inserts('Ann', 'Ben', '10:30', status => 'cancelled');
call inserts('Ann', 'Ben', '10:15', status => 'completed');
-- Two rows of one statement see each other, too.
insert into client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes)
select id('Ann'), id('Eli'), monday(1), start, 60 from unnest(array[time '10:00', '10:30']) as start;
-- A session is not moved into another, nor brought to life on top of it.
update client_sessions set start_time = '10:30' where start_time = '11:00';
update client_sessions set status = 'scheduled', is_peer_booking = true where start_time = '10:15';
select client, practitioner, start_time, status from sessions order by start_time;
rollback;

-- The constraint stands behind the guards.
begin;
call story.starts();
call inserts('Ann', 'Ben');
set local session_replication_role = replica;
insert into client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, occupied_during)
select therapist_id, client_id, session_date, start_time, duration_minutes, occupied_during from client_sessions;
rollback;
select contype = 'x' as excludes from pg_constraint where conname = 'client_sessions_no_overlap';
