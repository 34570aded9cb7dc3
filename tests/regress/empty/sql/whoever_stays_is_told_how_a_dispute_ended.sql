-- Also where no credits move: what was paid at the booking is the practitioner's for good.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
call signs_in('Ann');
select report('Ann', 'Ben') -> 'status' as said_by_the_client;
call signs_in('Ben');
select complete('Ann', 'Ben') -> 'status' as said_by_the_practitioner;
call signs_in(null);
delete from users where id = id('Ann');
select * from messages where type = 'peer_session_settled';
rollback;

-- The application says that it took place.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '0');
call signs_in('Ann');
select report('Ann', 'Ben') -> 'status' as said_by_the_client;
call signs_in(null);
update client_sessions set status = 'completed';
select * from messages where type = 'peer_session_settled';
rollback;
