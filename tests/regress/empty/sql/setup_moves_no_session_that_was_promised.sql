-- Neither once more nor after the extension was gone; and what was promised without an overlap never becomes one.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Cyd', 'Ben', '09:00', day => monday(1)) -> 'success' as booked;
update practitioner_availability set timezone = 'America/New_York';
select book('Cyd', 'Ben', '10:30') -> 'success' as booked;
create temporary table promised on commit drop as select id, occupied_during, occupied_timezone from client_sessions;
create function story.as_promised() returns boolean
language sql
as $$
  select bool_and((session.occupied_during, session.occupied_timezone) is not distinct from (promised.occupied_during, promised.occupied_timezone))
         and exists (select from pg_constraint where conname = 'client_sessions_no_overlap')
    from client_sessions as session
    join promised using (id)
$$;

select distinct action from peer_exchange.setup();
select story.as_promised();

set local client_min_messages = warning;
drop extension peer_exchange cascade;
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where object ~ 'session|rows' and action <> 'unchanged' and object !~ '^(trigger|privileges)';
select story.as_promised();
select distinct action from peer_exchange.setup();

-- What was written without guards counts: a length on the clock on which the session was promised, another start on today's.
drop extension peer_exchange cascade;
update client_sessions set duration_minutes = 90 where client_id = id('Ann');
update client_sessions set start_time = '11:00' where start_time = '09:00';
create extension peer_exchange cascade;
select object, detail from peer_exchange.setup() where object like 'rows%';
select who(client_id) as client, lower(occupied_during) at time zone occupied_timezone - session_date as start, occupied_timezone,
       upper(occupied_during) - lower(occupied_during) as lasts
  from client_sessions
 order by client, session_date;
select distinct action from peer_exchange.setup();
rollback;
