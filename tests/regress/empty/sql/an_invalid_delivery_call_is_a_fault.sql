\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
select * from peer_exchange.claim_notifications(null);
select * from peer_exchange.claim_notifications(0);
select * from peer_exchange.claim_notifications(1001);
select * from peer_exchange.claim_notifications(1, null);
select * from peer_exchange.claim_notifications(1, '999 milliseconds');
select * from peer_exchange.claim_notifications(1, '1 day 1 second');
select count(*) from peer_exchange.claim_notifications(1000, '1 day');
select count(*) from peer_exchange.claim_notifications(1, '1 second');
select peer_exchange.ack_notifications(null);
select peer_exchange.ack_notifications(array(select gen_random_uuid() from generate_series(1, 1001)));
select peer_exchange.ack_notifications(array(select gen_random_uuid() from generate_series(1, 1000)));
select peer_exchange.requeue_notifications(null);
select peer_exchange.fail_notification(null, 'why');
set local peer_exchange.delivery = 'on';
set local peer_exchange.max_delivery_attempts = 0;
rollback;
