-- Instants may be infinite, and Postgres subtracts nothing from those.
begin;
call story.starts();
call give('Ann', 200);
select ask('Ann', 'Ben') -> 'success' as asked, ask('Ann', 'Cyd', '12:00') -> 'success' as asked_as_well;
-- The application lets Ben take his time; Cyd is to answer soon.
update client_sessions set expires_at = 'infinity' where therapist_id = id('Ben');
set local session_replication_role = 'replica';
update client_sessions set requested_at = now() - interval '36 hours', expires_at = now() + interval '12 hours' where therapist_id = id('Cyd');
set local session_replication_role = 'origin';
select peer_exchange.send_due_reminders() as written;
select who(recipient_id) as person from notifications where type = 'peer_booking_request_reminder';
select peer_exchange.expire_requests() as expired;
-- Nor has one that was asked for before all times been asked for in vain.
set local session_replication_role = 'replica';
update client_sessions set requested_at = '-infinity', expires_at = now() + interval '11 hours' where therapist_id = id('Ben');
set local session_replication_role = 'origin';
select peer_exchange.send_due_reminders() as written;
rollback;

-- What was delivered or answered before all times took no time.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 200);
select ask('Ann', 'Ben') -> 'success' as asked, ask('Ann', 'Cyd', '12:00') -> 'success' as asked_as_well;
select accept('Ann', 'Ben') -> 'success' as accepted, accept('Ann', 'Cyd') -> 'success' as accepted_as_well;
update notifications set delivered_at = now() + interval '1 minute', delivery_due_at = null where recipient_id = id('Cyd');
update notifications set delivered_at = '-infinity', delivery_due_at = null where recipient_id = id('Ben');
select type, delivered, average_delivery_seconds, longest_delivery_seconds
  from peer_exchange.notification_delivery where delivered > 0 order by type collate "C";
set local session_replication_role = 'replica';
update client_sessions set requested_at = now() - interval '2 hours', accepted_at = now() where therapist_id = id('Cyd');
update client_sessions set accepted_at = 'infinity' where therapist_id = id('Ben');
set local session_replication_role = 'origin';
select sum(accepted) as accepted, max(median_hours_to_answer) as median_hours from peer_exchange.requests_by_day;
rollback;
