\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ann');
savepoint before;
select accept('Ann', 'Ben');
rollback to savepoint before;
call signs_in('Cyd');
select accept('Ann', 'Ben');
rollback to savepoint before;
call signs_in(null);
select accept('Ann', 'Ben') -> 'success' as by_the_service;
rollback;

begin;
call story.starts();
select accept_peer_booking(null) ->> 'error_code' as code;
select accept_peer_booking(gen_random_uuid()) ->> 'error_code' as code;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select accept('Ann', 'Ben') ->> 'error_code' as code;
call inserts('Ann', 'Cyd', '14:00', is_peer_booking => false);
select accept('Ann', 'Cyd') ->> 'error_code' as code;
select rpc, code from refusals();
rollback;
