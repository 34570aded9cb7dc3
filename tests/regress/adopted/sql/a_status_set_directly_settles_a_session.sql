-- Older clients say so; what is held moves in the same statement.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
set local peer_exchange.settlement = 'completion';
create procedure pg_temp.sets(person text, wanted text)
language plpgsql
as $$
begin
  call signs_in(person);
  set local role authenticated;
  execute format('update client_sessions set status = %L where therapist_id = story.id(''Cyd'')', wanted);
  reset role;
  call signs_in(null);
end $$;
create function pg_temp.moved() returns table (person text, moved integer, held integer)
language sql
as $$
  select who(entry.user_id), sum(entry.balance_after - entry.balance_before)::integer,
         sum(entry.held_after - entry.held_before)::integer
    from credit_transactions as entry
    join client_sessions as session on session.id = entry.session_id
   where session.is_peer_booking and session.therapist_id = id('Cyd')
   group by 1
   order by 1
$$;
select book('Ann', 'Cyd') -> 'success' as booked;
call begins_in('Ann', 'Cyd', interval '-1 hour');
select * from pg_temp.moved();
savepoint begun;

-- By the practitioner, and by the client as well.
call pg_temp.sets('Cyd', 'completed');
select * from outcomes();
select * from pg_temp.moved();
select * from messages where type like 'peer\_session%';
select books_balance();
rollback to begun;
call pg_temp.sets('Ann', 'completed');
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to begun;

-- By the practitioner, that the client did not come; what is final moves nothing any more.
set local peer_exchange.no_show_percent = 50;
call pg_temp.sets('Cyd', 'no_show');
select * from outcomes();
select * from pg_temp.moved();
select who(no_show_reported_by) as reported_by, settled_at = now() as settled from client_sessions where therapist_id = id('Cyd') and is_peer_booking;
call signs_in('Cyd');
select report('Ann', 'Cyd') -> 'replayed' as replayed;
call signs_in(null);
call pg_temp.sets('Cyd', 'completed');
select * from pg_temp.moved();
select books_balance();
rollback to begun;

-- By the application it means the same.
set local peer_exchange.no_show_percent = 50;
update client_sessions set status = 'no_show' where therapist_id = id('Cyd') and is_peer_booking;
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to begun;

-- By the client it is a report, which binds everybody but the application.
call pg_temp.sets('Ann', 'no_show');
select * from outcomes();
select * from pg_temp.moved();
select who(no_show_reported_by) as reported_by, settled_at from client_sessions where therapist_id = id('Cyd') and is_peer_booking;
select * from messages where type like 'peer\_session%';
savepoint reported;
call pg_temp.sets('Cyd', 'completed');
call pg_temp.sets('Ann', 'cancelled');
call pg_temp.sets('Ann', 'scheduled');
update client_sessions set status = 'completed' where therapist_id = id('Cyd') and is_peer_booking;
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to reported;
update client_sessions set status = 'cancelled' where therapist_id = id('Cyd') and is_peer_booking;
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to reported;
-- Revived by the application, it is as if nobody had reported anything.
update client_sessions set status = 'scheduled' where therapist_id = id('Cyd') and is_peer_booking;
select no_show_reported_at, held_credits from client_sessions where therapist_id = id('Cyd') and is_peer_booking;
rollback to reported;
call signs_in('Cyd');
select complete('Ann', 'Cyd') ->> 'status' as status;
call signs_in(null);
savepoint disputed;
call pg_temp.sets('Cyd', 'completed');
update client_sessions set status = 'no_show' where therapist_id = id('Cyd') and is_peer_booking;
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to disputed;
update client_sessions set status = 'completed' where therapist_id = id('Cyd') and is_peer_booking;
select * from outcomes();
select * from pg_temp.moved();
select books_balance();
rollback to begun;

-- Nobody declares a dispute but by contradicting; nor does anybody say anything before the session begins.
call pg_temp.sets('Cyd', 'disputed');
call begins_in('Ann', 'Cyd', interval '1 hour');
call pg_temp.sets('Cyd', 'completed');
call pg_temp.sets('Ann', 'no_show');
select * from outcomes();
rollback;

-- Both at once, one completed and one given up.
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Cyd') -> 'success' as booked;
call give('Cyd', 60);
select book('Cyd', 'Ann', '14:00') -> 'success' as booked;
update client_sessions set status = (case when therapist_id = id('Cyd') then 'completed' else 'cancelled' end)::session_status
 where is_peer_booking and session_date = monday();
select * from outcomes();
select books_balance();
rollback;
