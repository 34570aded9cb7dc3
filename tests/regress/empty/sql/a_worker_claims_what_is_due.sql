-- What one worker holds another one doesn't get before the lease is over.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select count(*) as first_batch from claim(1);
select count(*) as second_batch from claim(3);
select * from claim();
select * from outbox;
select bool_and(delivery_due_at between now() + interval '2 minutes' and now() + interval '7 minutes') as for_two_minutes
  from notifications;

-- A lease that has ended: the same notification, the same message, another attempt.
create temporary table earlier as select id || '@peer-exchange' as message_id from notifications;
call leases_end();
select who(recipient_id) as person, email, name, type, title, body = (select body from notifications where id = notification_id) as same_body,
       payload = (select payload from notifications where id = notification_id) as same_payload,
       created_at = now() as written_now, attempt, message_id in (select message_id from earlier) as known_message
  from peer_exchange.claim_notifications(p_lease => '10 minutes')
 order by person, type;
select bool_and(delivery_due_at between now() + interval '10 minutes' and now() + interval '15 minutes') as for_ten_minutes
  from notifications;
rollback;

-- The oldest first.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
update notifications set delivery_due_at = now() - interval '1 minute' where type = 'peer_booking_confirmed_practitioner';
select * from claim(1);
update notifications set delivery_due_at = now() + interval '1 microsecond' where type = 'peer_booking_confirmed_client';
select count(*) as due from claim();
rollback;
