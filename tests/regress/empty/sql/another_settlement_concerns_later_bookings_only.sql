begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') ->> 'settles' as settles;
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Cyd', '14:00') ->> 'settles' as settles;
set local peer_exchange.settlement = 'booking';
select * from outcomes();
select * from accounts();
call begins_in('Ann', 'Ben', interval '-3 hours');
call begins_in('Ann', 'Cyd', interval '-1 hour');
select complete('Ann', 'Ben') -> 'settled_credits' as settled;
select complete('Ann', 'Cyd') -> 'settled_credits' as settled;
select * from accounts();
select books_balance();
rollback;

-- The older flow holds, too; what has taken place is paid at once.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 300);
call signs_in('Ann');
call inserts('Ann', 'Ben');
select charge('Ann', 'Ben');
select charge('Ann', 'Ben') - 'replayed' = charge('Ann', 'Ben') - 'replayed' as is_the_same;
call signs_in(null);
call inserts('Ann', 'Cyd', '14:00', status => 'completed');
select plain(peer_exchange.charge_session(story.session('Ann', 'Cyd')));
select * from outcomes();
-- A retry gets what the first call got, also when it is settled.
call begins_in('Ann', 'Ben', interval '-1 hour');
select complete('Ann', 'Ben') -> 'settled_credits' as settled;
select charge('Ann', 'Ben');
select books_balance();
rollback;
