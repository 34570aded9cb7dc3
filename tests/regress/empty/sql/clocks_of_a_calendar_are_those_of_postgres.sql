-- Every change of its clocks in the years of a session, to the minute, wherever they are set.
begin;
call story.starts();
create function pg_temp.calendar_of(zone text, local_start timestamp) returns setof text language plpgsql as $$
begin
  set local session_replication_role = replica;
  delete from client_sessions;
  insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, occupied_timezone)
  values (id('Ann'), id('Ben'), local_start::date, local_start::time, 60, 'completed', true, zone);
  set local session_replication_role = origin;
  return query
    select array_to_string(said, ' ')
      from regexp_matches(peer_exchange.session_calendar(session('Ann', 'Ben'), id('Ann')),
                          E'BEGIN:(STANDARD|DAYLIGHT)\r\nDTSTART:(\\S+)\r\nTZOFFSETFROM:(\\S+)\r\nTZOFFSETTO:(\\S+)', 'g') as said
    union all
    select array_to_string(said, ' ')
      from regexp_matches(peer_exchange.session_calendar(session('Ann', 'Ben'), id('Ann')),
                          E'\r\n(DTSTART\\S+)\r\n(DTEND\\S+)', 'g') as said;
end $$;
select pg_temp.calendar_of('Europe/London', '2024-03-31 00:30');
-- The second time that clocks show half past one.
select pg_temp.calendar_of('Europe/London', '2024-10-27 01:30');
select pg_temp.calendar_of('America/New_York', '2024-11-03 00:30');
-- Half an hour, in the southern summer.
select pg_temp.calendar_of('Australia/Lord_Howe', '2024-10-06 03:00');
-- Clocks that are set four times.
select pg_temp.calendar_of('Africa/Cairo', '2010-09-15 10:00');
select pg_temp.calendar_of('Asia/Kolkata', '2024-06-01 10:00');
select pg_temp.calendar_of('UTC', '2024-06-01 10:00');
-- Over New Year in both years.
select pg_temp.calendar_of('America/New_York', '2024-12-31 23:30');
-- Times that no calendar knows.
select pg_temp.calendar_of('UTC', '9999-12-31 23:30');
select peer_exchange.session_calendar(session('Ann', 'Ben'), id('Ann')) is null as is_nothing;
rollback;
