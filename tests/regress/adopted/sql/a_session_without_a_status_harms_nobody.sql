-- An application may leave the status of a session empty. It is listed as one that has none, and can be neither moved nor
-- cancelled; everything else goes on.
begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
select session('Ann', 'Ben', '10:00') as without_status \gset
alter table client_sessions alter status drop not null;
set local session_replication_role = replica;
update client_sessions set status = null where id = :'without_status';
set local session_replication_role = origin;
call signs_in('Ann');
select listed ->> 'start_time' as start_time, listed ->> 'status' as status, listed -> 'can_cancel' as can_cancel
  from jsonb_array_elements(get_my_peer_sessions('all')::jsonb -> 'sessions') as listed order by 1;
select entry -> 'session' ->> 'start_time' as start_time, entry -> 'session' ->> 'status' as status
  from jsonb_array_elements(get_credit_statement()::jsonb -> 'entries') as entry order by 1;
select refund('Ann', 'Ben', '10:00') ->> 'error_code' as refund,
       reschedule_peer_booking(:'without_status', monday(1), '10:00') ->> 'error_code' as move;
select refund('Ann', 'Ben', '12:00') -> 'success' as refunded;
-- Calendars show it, and workers are told of it, though it waited for something until an hour ago.
set local session_replication_role = replica;
update client_sessions set expires_at = now() - interval '1 hour' where id = :'without_status';
set local session_replication_role = origin;
select create_calendar_feed() ->> 'secret' as secret \gset
select count(*) as events from regexp_matches(get_calendar_feed(:'secret'), 'STATUS:\w+', 'g');
call signs_in(null);
update notifications set delivery_due_at = now();
select count(*) > 0 as are_handed_out from peer_exchange.claim_notifications();
update users set is_active = false where id = id('Ben');
rollback;
