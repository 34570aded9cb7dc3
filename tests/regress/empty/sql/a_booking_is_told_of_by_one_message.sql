-- What confirms a booking says what it costs and what is left, so what says only that is not handed out besides.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select person, type from claim();
select * from outbox;

-- The confirmation is delivered before anybody looks at the other one.
call leases_end();
update notifications set delivered_at = now(), delivery_due_at = null, delivery_error = null where type = 'peer_booking_confirmed_client';
update notifications set delivery_due_at = now(), delivery_error = null where type like 'peer\_credits%';
select person, type from claim();
select * from outbox;
rollback;

-- A confirmation that was given up, or that the application has deleted, tells nobody anything.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
update notifications set delivery_due_at = null, delivery_error = 'busy' where type = 'peer_booking_confirmed_client';
delete from notifications where type = 'peer_booking_confirmed_practitioner';
select person, type from claim();
rollback;

-- That of another session says nothing of this one, even in one transaction.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
delete from notifications where type like 'peer\_booking%';
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
select person, type from claim();
rollback;

-- Whoever wants no mail of confirmations gets the other one, and whoever wants none in the application has none left unread.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
create table public.notification_preferences (user_id uuid, type text, email boolean, in_app boolean);
insert into public.notification_preferences values
  (id('Ann'), 'peer_booking_confirmed_client', false, true), (id('Ben'), null, true, false);
select book('Ann', 'Ben') -> 'success' as booked;
select person, type from claim();
select * from outbox;
rollback;

-- Credits that are held are told of by the confirmation alone.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select who(recipient_id) as person, type, payload ->> 'settles' as settles from peer_exchange.claim_notifications() order by 1;
rollback;
