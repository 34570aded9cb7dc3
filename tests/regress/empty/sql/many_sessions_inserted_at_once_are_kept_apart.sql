-- Twelve sessions in one statement are refused where one by one they would have been: when one of them overlaps what is there,
-- or another one of them, on whichever side.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Cyd', 100);

-- A week apart, at noon, and in the first week one more.
create procedure insert_many(client text, practitioner text, extra_client text, extra_practitioner text, extra_start time,
                             extra_is_peer boolean default true, are_peer boolean default true)
language sql
as $$
  insert into public.client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
  select id(client), id(practitioner), monday(week), '12:00', 60, are_peer from generate_series(0, 11) as week
  union all
  select id(extra_client), id(extra_practitioner), monday(), extra_start, 60, extra_is_peer
$$;

-- Ben gives to Cyd from ten to eleven.
select book('Cyd', 'Ben') -> 'success' as booked;
select world() as before \gset
call insert_many('Ann', 'Dee', 'Ann', 'Ben', '10:30');
call insert_many('Ann', 'Dee', 'Ann', 'Cyd', '10:30');
call insert_many('Ann', 'Dee', 'Ben', 'Ann', '10:30');
call insert_many('Ann', 'Dee', 'Cyd', 'Ann', '10:30');
call insert_many('Ann', 'Dee', 'Eli', 'Cyd', '10:30', extra_is_peer => false);
-- Ann receives from Dee at noon.
call insert_many('Ann', 'Dee', 'Eli', 'Dee', '12:59');
call insert_many('Ann', 'Dee', 'Ann', 'Eli', '11:01');
call insert_many('Ann', 'Dee', 'Eli', 'Ann', '12:59');
call insert_many('Ann', 'Dee', 'Dee', 'Eli', '11:01');
call insert_many('Ann', 'Dee', 'Ann', 'Eli', '12:30', are_peer => false);
select world() = :'before' as nothing_was_written;

-- Whom an ordinary client sees besides is the application's business, and touching is not overlapping.
savepoint so_far;
call insert_many('Ann', 'Dee', 'Ann', 'Eli', '12:30', extra_is_peer => false, are_peer => false);
rollback to so_far;
call insert_many('Ann', 'Dee', 'Ann', 'Ben', '11:00');
call insert_many('Eli', 'Ben', 'Dee', 'Cyd', '11:00');
select client, practitioner, start_time, count(*) from sessions group by client, practitioner, start_time order by 3, 1;
rollback;

-- Holds of both sides that have run out make room.
begin;
call story.starts();
call inserts('Ann', 'Ben', '12:00', status => 'pending_payment');
call inserts('Cyd', 'Ann', '13:00', status => 'pending_payment');
call holds_run_out();
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select id('Ann'), id('Dee'), monday(week), '12:30', 60, true from generate_series(0, 11) as week;
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select id('Eli'), id('Ben'), monday(week), '12:00', 60, true from generate_series(0, 11) as week;
select client, practitioner, start_time, status, count(*) from sessions group by 1, 2, 3, 4 order by 3, 1;
rollback;
