-- For an application that keeps the zone with each session, and reads it in a trigger of its own.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table client_sessions add column session_timezone text not null default 'UTC', add column seen text;
create function looks() returns trigger language plpgsql as 'begin new.seen := new.session_timezone; return new; end';
create trigger aaa_looks before insert on client_sessions for each row execute function looks();
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
insert into practitioner_availability (user_id, timezone) values (id('Cyd'), 'Europe/Berlin')
    on conflict (user_id) do update set timezone = excluded.timezone;
select book('Ann', 'Cyd', '12:00') ->> 'success' as booked;
select session_timezone, seen from client_sessions where client_id = id('Ann') and therapist_id = id('Cyd');
-- She moves, and then the session does, on the clock on which it was promised.
update practitioner_availability set timezone = 'Europe/Lisbon' where user_id = id('Cyd');
update client_sessions set notes = 'Shoulder' where therapist_id = id('Cyd');
select session_timezone from client_sessions where client_id = id('Ann') and therapist_id = id('Cyd');
select reschedule_peer_booking(session('Ann', 'Cyd'), monday(), '15:00') ->> 'success' as moved;
select session_timezone from client_sessions where client_id = id('Ann') and therapist_id = id('Cyd');
-- What others insert is theirs.
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, session_timezone)
values (id('Ann'), id('Cyd'), 'Ann', monday(1), '12:00', 60, 'scheduled', 'Asia/Tokyo');
select session_timezone from client_sessions where session_date = monday(1) and therapist_id = id('Cyd');
rollback;
alter table client_sessions drop column session_timezone;
drop trigger aaa_looks on client_sessions;
begin;
call story.starts();
select book('Ann', 'Cyd', '12:00') ->> 'success' as booked;
rollback;
select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict');
\i regress/adopted/scratch_end.sql
