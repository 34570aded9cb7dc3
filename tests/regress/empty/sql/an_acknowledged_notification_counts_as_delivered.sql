begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select count(*) as claimed from claim();
create temporary table held as select id from notifications where type = 'peer_booking_confirmed_client';
select peer_exchange.ack_notifications(array(select id from held)) as delivered;
select peer_exchange.ack_notifications(array(select id from held)) as once_more;
select peer_exchange.ack_notifications(array[id('Nobody'), null]) as unknown;
select peer_exchange.ack_notifications('{}') as none;
select * from outbox;

-- Later than its lease, and held by another worker by then: it was delivered all the same.
call leases_end();
select count(*) as claimed_by_another from claim();
select peer_exchange.ack_notifications(array(select id from notifications)) as delivered;
-- So the other one may fail.
select peer_exchange.fail_notification(id, 'mailbox full') as next_attempt from held;
call leases_end();
select count(*) as due from claim();
select * from outbox;
rollback;
