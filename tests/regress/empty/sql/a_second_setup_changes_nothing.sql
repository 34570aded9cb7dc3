begin;
call story.starts();
select count(*) > 0 as says_something, array_agg(distinct action) as actions from peer_exchange.setup();
rollback;
