-- Neither open nor closed: nothing is booked on hours that mean nothing.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
-- The guard would refuse it: it is older than that.
set local session_replication_role = replica;
insert into practitioner_availability (user_id, working_hours)
values (id('Ben'), '{"monday": {"enabled": true, "start": "nine", "end": "17:00"}}');
set local session_replication_role = origin;
select world() as before \gset
select book('Ann', 'Ben');
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
rollback;
