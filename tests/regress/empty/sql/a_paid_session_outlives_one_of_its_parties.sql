\set VERBOSITY terse
-- Once Ben is deleted the session knows him no more; that gives Ann no way to take it out of the books.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from public.users where id = id('Ben');
select client, practitioner, status, payment_status from sessions;
savepoint left_alone;
delete from public.client_sessions;
rollback to left_alone;
select count(*) as sessions from public.client_sessions;
-- A refund that is asked for again is told of the first.
select story.plain(process_peer_booking_refund(id)) from public.client_sessions;
rollback;
