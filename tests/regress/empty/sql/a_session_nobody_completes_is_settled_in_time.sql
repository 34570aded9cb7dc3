-- An hour's session, settled so many hours after its end and not a moment earlier.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
set local peer_exchange.settle_after_hours = 24;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-25 hours 1 microsecond');
select peer_exchange.settle_due_sessions() as a_moment_too_early;
call begins_in('Ann', 'Ben', interval '-25 hours');
select peer_exchange.settle_due_sessions() as in_time;
select peer_exchange.settle_due_sessions() as again;
select * from outcomes();
select * from accounts();
select * from messages where type like 'peer\_session%';
select books_balance();
rollback;

-- With no time to wait it is settled when it ends.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
set local peer_exchange.settle_after_hours = 0;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-1 hour 1 microsecond');
select peer_exchange.settle_due_sessions() as a_moment_too_early;
call begins_in('Ann', 'Ben', interval '-1 hour');
select peer_exchange.settle_due_sessions() as in_time;
select books_balance();
rollback;

-- What was paid at the booking is nobody's to settle, and what is cancelled or reported isn't either.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-2 days');
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Cyd') -> 'success' as booked;
call begins_in('Ann', 'Cyd', interval '-2 days 2 hours');
call signs_in('Ann');
select report('Ann', 'Cyd') ->> 'status' as status;
call signs_in(null);
select peer_exchange.settle_due_sessions();
select * from outcomes();
select books_balance();
rollback;
