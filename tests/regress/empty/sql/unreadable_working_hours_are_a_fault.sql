-- Neither open nor closed: nothing is booked on hours that mean nothing.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
insert into practitioner_availability (user_id, working_hours)
values (id('Ben'), '{"monday": {"enabled": true, "start": "nine", "end": "17:00"}}');
select world() as before \gset
select book('Ann', 'Ben');
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
rollback;
