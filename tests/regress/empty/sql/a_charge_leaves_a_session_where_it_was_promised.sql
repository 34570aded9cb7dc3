-- Ann inserts her session by Ben's clock; he moves to New York before it is charged.
begin;
call story.starts();
call give('Ann', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ben'), 'Europe/London');
call inserts('Ann', 'Ben', '10:00');
update practitioner_availability set timezone = 'America/New_York';
select charge('Ann', 'Ben') -> 'success' as charged;
select lower(occupied_during) at time zone 'Europe/London' - session_date as start, occupied_timezone from client_sessions;
select distinct payload ->> 'start_time' as start_time, payload ->> 'timezone' as timezone from notifications;
rollback;
