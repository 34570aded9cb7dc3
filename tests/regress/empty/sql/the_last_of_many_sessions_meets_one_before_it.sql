-- Of many sessions that one statement writes the one is in the way of the other, on the side of their client.
\set VERBOSITY sqlstate
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
create view many as
select number, case when number = 30 then id('Cyd') else id('Ben') end as therapist_id, id('Ann') as client_id, monday() as session_date,
       time '06:00' + (case when number = 30 then 29 else number end) * interval '20 minutes' as start_time, 15 as duration_minutes,
       true as is_peer_booking
  from generate_series(1, 30) as number;
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many order by number;
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many where number < 30 order by number;
select count(*), min(start_time), max(start_time) from client_sessions;
delete from client_sessions;

-- One that is made Ann's behind our trigger.
create function gives() returns trigger language plpgsql as $$
begin
  if new.client_id = id('Eli') then
    new.client_id := id('Ann');
  end if;
  return new;
end $$;
create trigger zzzzz_gives before insert on client_sessions for each row execute function gives();
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select case when number = 29 then id('Eli') else client_id end, therapist_id, session_date, start_time, duration_minutes, is_peer_booking
  from many order by number;
drop trigger zzzzz_gives on client_sessions;

-- One that a trigger of the application books meanwhile.
create function books() returns trigger language plpgsql as $$
begin
  if new.start_time = '12:00' and new.therapist_id = id('Ben') then
    insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
    values (id('Ann'), id('Dee'), monday(), '15:00', 60, true);
  end if;
  return new;
end $$;
create trigger books before insert on client_sessions for each row execute function books();
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many where number < 30 order by number;
rollback;
