-- A day's story, and every view of it. Days are summed, so that midnight does not matter.
begin;
call story.starts();
call give('Ann', 200);
call give('Cyd', 50);
select book('Ann', 'Ben', '10:00', 60) ->> 'success' as booked;
select book('Ann', 'Cyd', '12:00', 30) ->> 'success' as booked;
select book('Cyd', 'Ben', '14:00', 45, key => 'one') ->> 'success' as booked;
select book('Cyd', 'Ben', '14:00', 45, key => 'one') ->> 'replayed' as replayed;
call inserts('Ann', 'Ben', '16:00', 15);
select charge('Ann', 'Ben', '16:00', 15) ->> 'success' as charged;
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
select book('Ann', 'Ben', '11:00', 481) ->> 'error_code' as code;
select book('Ann', 'Ben', '11:00', 300) ->> 'error_code' as code;
call signs_in('Cyd');
select refund('Cyd', 'Ben') ->> 'success' as refunded;
select refund('Cyd', 'Ben') ->> 'error_code' as code;
call signs_in(null);

select count(*) as days, sum(bookings) as bookings, sum(credits) as credits, sum(refusals) as refusals
  from peer_exchange.bookings_by_day;
select rpc, error_code, sum(refusals) as refusals, max(clients) as clients
  from peer_exchange.refusals_by_day group by rpc, error_code order by rpc, error_code;
select * from peer_exchange.cancellations;
select * from peer_exchange.credits_in_circulation;
select sum(granted) as granted, sum(adjusted) as adjusted, sum(paid) as paid, sum(refunded) as refunded,
       min(in_circulation) as at_first, max(in_circulation) as at_last, max(owed) as owed
  from peer_exchange.credits_by_day;
select last_day - first_day + 1 as days, spent from peer_exchange.credit_velocity;
select who(user_id) as person, name, bookings_given, earned from peer_exchange.top_earners;
select who(user_id) as person, name, bookings_received, spent from peer_exchange.top_spenders;
select who(user_id) as person, last_given_on, last_received_on, balance from peer_exchange.inactive_practitioners;
select type, sum(notifications) as notifications, sum(not_queued) as not_queued, sum(read) as read
  from peer_exchange.notification_delivery group by type order by type;

-- Newest first.
update public.notifications set created_at = created_at - interval '3 days' where type = 'peer_booking_confirmed_client';
select type from peer_exchange.notification_delivery;
rollback;
