-- A worker may come late: what a reminder says is asked again when it is handed out.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from notifications;
call waits('3 days');
call begins_in('Ann', 'Ben', '5 hours');
select peer_exchange.send_due_reminders() as sent;
create view pg_temp.told as
  select who(recipient_id) as person, delivery_due_at is not null as is_due, delivery_error as error
    from notifications where type = 'peer_booking_reminder' order by person;

savepoint reminded;
select * from claim();
rollback to reminded;

-- Cancelled: the reminder does not come before the cancellation.
select refund('Ann', 'Ben') -> 'success' as cancelled;
select * from claim();
select * from told;
rollback to reminded;

-- Moved, by the RPC or by the application.
call begins_in('Ann', 'Ben', '6 hours');
select * from claim();
select * from told;
rollback to reminded;

-- Over: a worker is back a day later.
set local session_replication_role = replica;
update client_sessions set occupied_during = tstzrange(now() - interval '19 hours', now() - interval '18 hours');
set local session_replication_role = origin;
select * from claim();
select * from told;
rollback to reminded;
update client_sessions set status = 'in_progress';
select * from claim();
select * from told;
rollback to reminded;
set local session_replication_role = replica;
update client_sessions set status = 'completed', occupied_during = null;
set local session_replication_role = origin;
select * from claim();
rollback to reminded;

-- Deleted by somebody who got around the guards.
set local session_replication_role = replica;
delete from client_sessions;
set local session_replication_role = origin;
select * from claim();
select * from told;
-- Whoever has it tried again gets the same answer.
select peer_exchange.requeue_notifications(array(select id from notifications)) as requeued;
select * from claim();
select * from told;
rollback to reminded;

-- A reminder of an older version says no instant, and one that nobody can read holds for no session.
update notifications set payload = payload - 'starts_at' where recipient_id = id('Ann');
update notifications set payload = '{"session_id": "x", "starts_at": "2020-13-13"}' where recipient_id = id('Ben');
select * from claim();
select * from told;
rollback;

-- Other notifications stay true when time goes by, and an application's own are its business.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
insert into notifications (recipient_id, type, payload, delivery_due_at)
select id('Ann'), type, payload::jsonb, now()
  from (values ('session_starts_soon', '{}'), ('session_starts_soon', '{"session_id": null}'),
               ('session_starts_soon', '[1]'), ('session_starts_soon', '"text"')) as own (type, payload);
set local session_replication_role = replica;
update client_sessions set occupied_during = tstzrange(now() - interval '19 hours', now() - interval '18 hours');
set local session_replication_role = origin;
select * from claim();
rollback;
