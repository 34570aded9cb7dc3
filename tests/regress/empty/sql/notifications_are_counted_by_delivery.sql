-- Delivered, waiting, given up, or never meant for delivery; an application's own are not ours to count.
begin;
call story.starts();
insert into notifications (recipient_id, type, created_at, delivery_due_at, delivery_attempts, delivered_at, delivery_error, read_at)
values (id('Ann'), 'peer_credits_earned', '2020-03-10 10:00', null, 1, '2020-03-10 10:00:10', null, now()),
       (id('Ann'), 'peer_credits_earned', '2020-03-10 11:00', null, 3, '2020-03-10 11:01:00', 'was busy', null),
       (id('Ann'), 'peer_credits_earned', '2020-03-10 12:00', '2020-03-10 13:00', 2, null, 'is busy', null),
       (id('Ann'), 'peer_credits_earned', '2020-03-10 12:00', '2020-03-10 12:00', null, null, null, null),
       (id('Ann'), 'peer_credits_earned', '2020-03-10 12:00', null, 8, null, 'no such address', null),
       (id('Ann'), 'peer_credits_earned', '2020-03-10 12:00', null, null, null, null, now()),
       (id('Ann'), 'peer_credits_deducted', '2020-03-10 12:00', null, null, null, null, null),
       (id('Ann'), 'peer_credits_deducted', '2020-03-10 12:00', null, null, null, 'told together', null),
       (id('Ann'), 'peers_of_the_application', '2020-03-10 12:00', null, null, null, null, null);
select * from peer_exchange.notification_figures('2020-03-10', '2020-03-10') \gx
rollback;
