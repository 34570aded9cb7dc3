-- A job passes over the session for which something of the application fails, and says so; it leaves nothing half done. Where there is
-- nothing else to do, the job fails as that session does.
\set VERBOSITY terse
\set ON_ERROR_ROLLBACK on
-- Warnings name sessions, whose ids are never the same.
set client_min_messages = error;

-- Sessions that are settled by time: Ben can have no more.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
call give('Cyd', 200);
call give('Ben', 100);
select book('Ann', 'Ben') -> 'success' as booked, book('Ann', 'Cyd', '12:00') -> 'success' as booked_as_well;
call begins_in('Ann', 'Ben', '-30 hours');
call begins_in('Ann', 'Cyd', '-27 hours');
alter table credits add constraint at_most check (balance <= 300);
update credits set balance = 300 where user_id = id('Ben');
select peer_exchange.settle_due_sessions() as settled;
select * from outcomes();
select peer_exchange.settle_due_sessions() as nothing_else_to_do;
alter table credits drop constraint at_most;
select peer_exchange.settle_due_sessions() as settled_then;
select * from outcomes();
rollback;

-- Requests that have expired, and reminders.
begin;
call story.starts();
call give('Ann', 300);
select ask('Ann', 'Ben') -> 'success' as asked, ask('Ann', 'Cyd', '12:00') -> 'success' as asked_as_well;
select book('Ann', 'Ben', '15:00') -> 'success' as booked, book('Ann', 'Cyd', '17:00') -> 'success' as booked_as_well;
call requests_run_out();
create trigger fails_for_ben before insert on notifications for each row execute function story.fails_for_ben('recipient_id');
select peer_exchange.expire_requests() as ended;
select client, practitioner, status, occupies from sessions where cost is not null order by start_time;
select * from accounts();
call waits('3 days');
update client_sessions set session_date = ((now() + interval '2 hours') at time zone 'UTC')::date,
                           start_time   = ((now() + interval '2 hours') at time zone 'UTC')::time
 where start_time = '15:00';
update client_sessions set session_date = ((now() + interval '5 hours') at time zone 'UTC')::date,
                           start_time   = ((now() + interval '5 hours') at time zone 'UTC')::time
 where start_time = '17:00';
select peer_exchange.send_due_reminders() as reminded;
select person from reminders order by person;
drop trigger fails_for_ben on notifications;
select peer_exchange.expire_requests() as ended_then, peer_exchange.send_due_reminders() as reminded_then;
select person from reminders order by person;
select books_balance();
rollback;

-- Sessions that nobody charged, and what is said of one that goes on waiting.
set client_min_messages = warning;
begin;
call story.starts();
insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking) values
  ('c0000000-0000-4000-8000-000000000001', id('Ann'), id('Ben'), monday(), '10:00', 60, true),
  ('c0000000-0000-4000-8000-000000000002', id('Ann'), id('Cyd'), monday(), '12:00', 60, true);
insert into peer_exchange.awaited_charges (session_id, since) select id, now() - interval '1 hour' from client_sessions;
create trigger fails_for_ben before update on client_sessions for each row execute function story.fails_for_ben('therapist_id');
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select practitioner, status from sessions order by start_time;
drop trigger fails_for_ben on client_sessions;
select peer_exchange.cancel_orphaned_sessions() as cancelled_then;
select practitioner, status from sessions order by start_time;
rollback;

-- What may be tried again fails the run as a whole, and whoever catches that goes on.
begin;
call story.starts();
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking) values
  (id('Ann'), id('Ben'), monday(), '10:00', 60, true),
  (id('Ann'), id('Cyd'), monday(), '12:00', 60, true);
insert into peer_exchange.awaited_charges (session_id, since) select id, now() - interval '1 hour' from client_sessions;
create function fails_for_now() returns trigger language plpgsql as
$$ begin raise exception 'Too late' using errcode = 'serialization_failure'; end $$;
create trigger fails_for_now before update on client_sessions for each row when (new.start_time = '12:00') execute function fails_for_now();
do $$
begin
  perform set_config('story.before', 'kept', true);
  begin
    perform set_config('story.within', 'lost', true);
    perform peer_exchange.cancel_orphaned_sessions();
  exception when serialization_failure then
    raise warning 'caught: %', sqlerrm;
  end;
  call give('Ann', 5);
end $$;
select current_setting('story.before') as before, current_setting('story.within', true) as within;
select practitioner, status from sessions order by start_time;
select peer_exchange.cancel_orphaned_sessions();
rollback;
