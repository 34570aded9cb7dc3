-- Better no booking than one at a wrong time.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 1000);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/Atlantis');
select world() as before \gset
select book('Ann', 'Ben');
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
select book('Ann', 'Cyd') -> 'success' as booked;

-- An administrator's slip is refused where it is made.
set local peer_exchange.timezone = 'Europe/Atlantis';
show peer_exchange.timezone;
rollback;
