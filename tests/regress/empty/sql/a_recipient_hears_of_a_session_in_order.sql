-- What is later waits until what is earlier is delivered, closed or given up: of one session, to one recipient.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local peer_exchange.max_delivery_attempts = 2;
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as cancelled;
-- Another session, and one thing of the application's own.
select book('Ann', 'Ben', '14:00') -> 'success' as booked;
insert into notifications (recipient_id, type, delivery_due_at) values (id('Ann'), 'newsletter', now());
delete from notifications where recipient_id <> id('Ann');
create function pg_temp.told_of(wanted text) returns uuid
language sql
as $$ select id from notifications where type = wanted and delivered_at is null order by id limit 1 $$;

select * from claim();
-- What tells of the booking fails: it is not told that it was cancelled.
select peer_exchange.fail_notification(pg_temp.told_of('peer_booking_confirmed_client'), 'busy') > now() as is_tried_again;
select * from claim();

savepoint failed;
-- Tried again and delivered.
update notifications set delivery_due_at = now() where delivery_error = 'busy';
select * from claim();
select * from claim();
select peer_exchange.ack_notifications(array[pg_temp.told_of('peer_booking_confirmed_client')]) as delivered;
select * from claim();
rollback to failed;

-- Given up.
update notifications set delivery_due_at = now() where delivery_error = 'busy';
select * from claim();
select peer_exchange.fail_notification(pg_temp.told_of('peer_booking_confirmed_client'), 'still busy') as next_attempt;
select * from claim();
rollback to failed;

-- Given up because no worker ever answered.
update notifications set delivery_attempts = 2, delivery_due_at = now() where delivery_error = 'busy';
select * from claim();
rollback to failed;

-- Deleted by the application: as soon as somebody looks again.
delete from notifications where delivery_error = 'busy';
call leases_end();
select type, attempt from claim() where attempt = 1;
rollback;

-- What was written while delivery was off waits for nobody and keeps nobody waiting.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
set local peer_exchange.delivery = 'queue';
select refund('Ann', 'Ben') -> 'success' as cancelled;
select * from claim();
rollback;

-- A move and its move back are two things that happened, and a reminder a third.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from notifications;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '12:00') -> 'success' as moved;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '10:00') -> 'success' as moved_back;
call waits('3 days');
update peer_exchange.session_moves set moved_at = moved_at - interval '3 days';
call begins_in('Ann', 'Ben', '5 hours');
select peer_exchange.send_due_reminders() as sent;
create procedure pg_temp.delivers() language plpgsql as $$
declare
  told record;
begin
  for told in select * from peer_exchange.claim_notifications() order by who(recipient_id) loop
    raise notice '% hears: %', who(told.recipient_id), told.title;
    perform peer_exchange.ack_notifications(array[told.notification_id]);
  end loop;
end $$;
call pg_temp.delivers();
call pg_temp.delivers();
call pg_temp.delivers();
call pg_temp.delivers();
rollback;

-- Whoever waits for one that waits itself is out of the way as well, however Postgres plans that.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local enable_hashjoin = off;
set local enable_mergejoin = off;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select reschedule_peer_booking(session('Ann', 'Ben'), monday(), '12:00') -> 'success' as moved;
select refund('Ann', 'Ben') -> 'success' as cancelled;
select person, type from claim();
select who(recipient_id) as person, type::text as type, delivery_due_at > now() as waits
  from notifications where delivery_due_at is not null order by who(recipient_id), id;
rollback;
