-- A person may set it to in_progress half an hour before its start, or as early as the setting says. now() stands
-- still within a transaction, so the edges are exact.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select book('Ann', 'Cyd') -> 'success' as booked;
create procedure pg_temp.begins(until_start interval)
language plpgsql
as $$
begin
  reset role;
  update client_sessions set status = 'scheduled' where is_peer_booking;
  call begins_in('Ann', 'Cyd', until_start);
  call signs_in('Cyd');
  set local role authenticated;
  update client_sessions set status = 'in_progress' where is_peer_booking;
  reset role;
end $$;
call pg_temp.begins('30 minutes 1 microsecond');
call pg_temp.begins('30 minutes');
select status from sessions;
set local peer_exchange.early_start_minutes = 0;
call pg_temp.begins('1 microsecond');
call pg_temp.begins('0');
select status from sessions;
set local peer_exchange.early_start_minutes = 60;
call pg_temp.begins('1 hour 1 microsecond');
call pg_temp.begins('1 hour');
select status from sessions;
rollback;
