begin;
call story.starts();
call give('Ann', 1000);
call inserts('Ann', 'Ben', '15:00');
select world() as before \gset

select minutes, book('Ann', 'Ben', minutes => minutes) as reply
  from unnest(array[0, -1, -2147483648, 481, 2147483647]) as minutes;
select minutes, charge('Ann', 'Ben', minutes => minutes) as reply
  from unnest(array[0, -1, 481, 2147483647]) as minutes;
select world() = :'before' as nothing_was_written;

-- Both edges are within.
select book('Ann', 'Ben', '08:00', minutes => 1) -> 'credit_cost' as cost;
select book('Ann', 'Ben', '00:00', minutes => 480) ->> 'error_code' as code;
select book('Ann', 'Ben', '00:00', minutes => 480, day => monday(1)) -> 'credit_cost' as cost;

-- The limit is a setting.
set local peer_exchange.max_duration_minutes = 30;
select book('Ann', 'Ben', day => monday(2), minutes => 31) as reply;
select book('Ann', 'Ben', day => monday(2), minutes => 30) -> 'success' as booked;
rollback;
