\set VERBOSITY sqlstate
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
select peer_exchange.allocate_credits(null, 'Monthly credits', '2026-12');
select peer_exchange.allocate_credits(0, 'Monthly credits', '2026-12');
select peer_exchange.allocate_credits(-1, 'Monthly credits', '2026-12');
select peer_exchange.allocate_credits(60, null, '2026-12');
select peer_exchange.allocate_credits(60, ' ', '2026-12');
select peer_exchange.allocate_credits(60, 'Monthly credits', null);
select peer_exchange.allocate_credits(60, 'Monthly credits', '');
select peer_exchange.allocate_credits(60, 'Monthly credits', repeat('x', 244)) as longest;
select peer_exchange.allocate_credits(60, 'Monthly credits', repeat('x', 245));
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12', '{}') as nobody;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12', array[id('Ann'), id('Nobody')]);
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12', array_fill(id('Ann'), array[10001]));
select peer_exchange.allocate_credits(2147483647, 'Monthly credits', 'a', array[id('Ann')]) as most;
select peer_exchange.allocate_credits(1, 'Monthly credits', 'b', array[id('Ann')]);
rollback;
