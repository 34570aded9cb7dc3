-- What the application has written itself stays out of the outbox, unless it says so.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
call give('Ben', 100);
insert into notifications (user_id, recipient_id, type, title, message, body) values
  (id('Ann'), id('Ann'), 'booking_request', 'A request', 'Not for delivery', 'Not for delivery');
insert into notifications (user_id, recipient_id, type, title, message, body, delivery_due_at) values
  (id('Ann'), id('Ann'), 'booking_request', 'A request', 'To be delivered', 'To be delivered', now());
select book('Ann', 'Ben') -> 'success' as booked;
select who(recipient_id) as person, email, type, title, left(body, 15) as body from peer_exchange.claim_notifications() where type not like 'peer\_booking%' and type <> 'peer_credits_deducted'
 order by 1, type;
select peer_exchange.ack_notifications(array(select id from notifications)) > 4 as delivered;
call waits('3 days');
call begins_in('Ann', 'Ben', '2 hours');
select peer_exchange.send_due_reminders() as reminded;
select * from claim();
rollback;

-- Whatever the application grants: nobody has e-mails sent to others.
begin;
call story.starts();
grant insert on notifications to authenticated;
create policy "Everybody writes to everybody" on notifications for insert to authenticated with check (true);
set local role authenticated;
call signs_in('Ann');
insert into notifications (recipient_id, type, title, message) values (id('Ben'), 'booking_request', 'Hello', 'You');
insert into notifications (recipient_id, type, title, message, delivery_due_at) values (id('Ben'), 'booking_request', 'Hello', 'You', now());
rollback;
