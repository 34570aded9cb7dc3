-- What lies beyond all calendars is in the past or too far ahead; 24:00 is a time of no day.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 100);
select world() as before \gset
select day, book('Ann', 'Ben', day => day::date) ->> 'error_code' as code
  from unnest(array['infinity', '-infinity', '5874897-12-31', '4714-11-24 BC', '9999-12-31', '0001-01-01']) as day;
select book('Ann', 'Ben', at => '24:00:00');
\echo :LAST_ERROR_SQLSTATE
select book('Ann', 'Ben', at => '24:00:00', day => 'infinity');
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;
select book('Ann', 'Ben', at => '23:59:59.999999') -> 'success' as booked;
rollback;
