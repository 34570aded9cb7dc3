-- An outbox that nobody empties would only grow, so by default nothing is put into it.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select * from outbox;
select * from claim();

-- What the setting says counts for what is written from then on.
set local peer_exchange.delivery = 'queue';
select * from claim();
select book('Ann', 'Cyd') -> 'success' as booked;
set local peer_exchange.delivery = 'off';
-- Leftovers are still handed out.
select * from claim();
rollback;
