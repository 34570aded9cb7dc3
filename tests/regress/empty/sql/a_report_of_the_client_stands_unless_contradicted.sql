begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
set local peer_exchange.settle_after_hours = 24;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
call signs_in('Ann');
select report('Ann', 'Ben', 'The door was locked') - 'final_at' as reply;
select (report('Ann', 'Ben') ->> 'final_at')::timestamptz = now() + interval '24 hours' as is_final_in_time,
       report('Ann', 'Ben') -> 'replayed' as replayed;
call signs_in(null);
select * from outcomes();
select * from accounts();
select * from words('peer_session_no_show');
select (payload ->> 'final_at')::timestamptz = now() + interval '24 hours' as told_until_when
  from notifications where type = 'peer_session_no_show';
select books_balance();

-- Nothing moves before its time is up, and then all of it.
call was_reported(interval '24 hours -1 microsecond');
select peer_exchange.settle_due_sessions() as a_moment_too_early;
savepoint just_before;
call signs_in('Ben');
select complete('Ann', 'Ben') ->> 'status' as contradicted_just_in_time;
-- Also where she asks again since the answer was lost, by whichever of the two.
select reply ->> 'status' as status, reply -> 'replayed' as replayed
  from (values (complete('Ann', 'Ben')), (report('Ann', 'Ben'))) as asked (reply);
rollback to just_before;
call was_reported(interval '24 hours');
call signs_in('Ben');
select complete('Ann', 'Ben') -> 'details' as too_late;
select report('Ann', 'Ben') -> 'details' as too_late;
call signs_in(null);
select peer_exchange.settle_due_sessions() as in_time;
select peer_exchange.settle_due_sessions() as again;
select * from outcomes();
select * from accounts();
select * from words('peer_session_settled');
select books_balance();
rollback;

-- What was paid at the booking is given back, too; what is spent meanwhile is owed.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
select book('Ben', 'Cyd', minutes => 45) -> 'success' as booked;
call signs_in('Ann');
select report('Ann', 'Ben') ->> 'status' as status;
call signs_in(null);
call was_reported(interval '24 hours');
select peer_exchange.settle_due_sessions() as settled;
select * from accounts();
select books_balance();
rollback;
