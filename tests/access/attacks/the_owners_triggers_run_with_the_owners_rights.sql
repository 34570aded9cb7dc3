-- On every table and at every event, whoever calls. A plain statement on a table fires its triggers as whoever makes it;
-- what is ours acts as the owner.
begin;
call access.tables_belong_to_a_plain_role();
set local role access_owner;
do $$
declare
  host_table name;
begin
  for host_table in
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'overheard'
  loop
    execute format('create trigger a_before before insert or update or delete on public.%I for each row execute function public.overhears()', host_table);
    execute format('create trigger z_after after insert or update or delete on public.%I for each row execute function public.overhears()', host_table);
    execute format('create trigger z_all after insert or update or delete on public.%I for each statement execute function public.overhears()', host_table);
  end loop;
end $$;
set local role none;

-- Calls of a superuser's: what runs meanwhile does not get that role back.
set local access.resets_role = 'on';
do $$
declare
  booked  json := public.create_peer_booking(access.id('Ann'), access.id('Ben'), (now() + interval '40 days')::date, '10:00', 60, 'massage');
  session uuid := (booked ->> 'session_id')::uuid;
begin
  assert (booked ->> 'success')::boolean, booked::text;
  assert (public.reschedule_peer_booking(session, (now() + interval '41 days')::date, '10:00') ->> 'success')::boolean;
  assert (public.process_peer_booking_refund(session) ->> 'success')::boolean;
  assert (public.process_peer_booking_credits(access.id('Ann'), access.id('Ben'), access.session('unpaid'), 60) ->> 'success')::boolean;
  perform peer_exchange.grant_credits(access.id('Ann'), 5, 'Gift');
  perform peer_exchange.allocate_credits(5, 'Monthly', 'May');
  perform peer_exchange.cancel_orphaned_sessions('0 minutes');
  perform peer_exchange.send_due_reminders();
  set local peer_exchange.delivery = 'queue';
  perform peer_exchange.grant_credits(access.id('Cyd'), 5, 'Gift');
  booked := public.create_peer_booking(access.id('Ann'), access.id('Ben'), (now() + interval '42 days')::date, '10:00', 60, 'massage');
  perform peer_exchange.ack_notifications(array(select notification_id from peer_exchange.claim_notifications(1)));
  perform peer_exchange.fail_notification(notification_id, 'Full') from peer_exchange.claim_notifications(1);
  perform peer_exchange.requeue_notifications(array(select notification_id from peer_exchange.claim_notifications(1)));
  perform peer_exchange.verify_ledger();
end $$;
select count(*) > 0 as was_set_up from peer_exchange.setup();

set local access.resets_role = 'off';

-- What people and the owner himself do directly.
call access.becomes('Ann');
update public.client_sessions set status = 'cancelled' where id = access.session('soon');
select count(*) as marked from public.mark_notifications_read(array(select id from public.notifications));
call access.becomes('owner');
set local role access_owner;
update public.client_sessions set status = 'cancelled' where id = access.session('paid');
update public.users set is_active = false where id = access.id('Dan');
do $$
begin
  delete from public.practitioner_products where practitioner_id = access.id('Cyd');
  delete from public.users where id = access.id('Cyd');
exception when foreign_key_violation then
end $$;
set local role none;
call access.nothing_ran_with_more_rights(array[
  'BEFORE ROW INSERT of client_sessions', 'AFTER ROW UPDATE of client_sessions', 'BEFORE ROW UPDATE of credits',
  'AFTER ROW INSERT of credit_transactions', 'AFTER STATEMENT INSERT of notifications', 'AFTER ROW UPDATE of notifications']);
rollback;
