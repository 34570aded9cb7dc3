-- A message that kills every worker is not tried for ever.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local peer_exchange.max_delivery_attempts = 2;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from notifications where type <> 'peer_credits_earned';
select attempt from claim();
call leases_end();
select attempt from claim();
call leases_end();
select attempt from claim();
select * from outbox;
rollback;
