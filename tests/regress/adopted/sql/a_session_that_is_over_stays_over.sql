-- For its people, by whatever they set.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
select book('Ann', 'Cyd', '08:00') -> 'success' as booked;
-- Cancelled and refunded, it does not come back to life.
select refund('Ann', 'Cyd', '08:00') -> 'success' as cancelled;
select world() as before \gset
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'scheduled' where is_peer_booking;
update client_sessions set status = 'completed' where is_peer_booking;
reset role;
select world() = :'before' as nothing_was_written;
rollback;

-- Held, it is not cancelled any more, on no detour.
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
select book('Ann', 'Cyd') -> 'success' as booked;
call begins_in('Ann', 'Cyd', '-2 hours');
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'completed' where is_peer_booking;
reset role;
select world() as before \gset
set local role authenticated;
update client_sessions set status = 'cancelled' where is_peer_booking;
update client_sessions set status = 'scheduled' where is_peer_booking;
reset role;
select world() = :'before' as nothing_was_written;
-- A practitioner may find that the client did not come after all.
set local role authenticated;
update client_sessions set status = 'no_show' where is_peer_booking;
reset role;
select status, cost from sessions;
select books_balance();
rollback;

-- Nobody makes a session held before it has begun, so as to keep its credits.
begin;
call story.starts();
select book('Ann', 'Cyd') -> 'success' as booked;
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'completed';
update client_sessions set status = 'no_show';
update client_sessions set session_date = date '2001-01-01';
reset role;
select status from sessions;
rollback;

-- Neither by publishing a time zone in which it would have begun nine hours ago.
begin;
call story.starts();
select book('Ann', 'Cyd', (now() + interval '5 hours')::time, day => (now() + interval '5 hours')::date) ->> 'success' as booked;
insert into practitioner_availability (user_id, timezone) values (id('Cyd'), 'Pacific/Kiritimati');
call signs_in('Cyd');
set local role authenticated;
update client_sessions set status = 'completed';
reset role;
select status from sessions;
rollback;
