-- The functions are there, and the guards are not: what writes says what to do. So it is again after
-- the extension was dropped, which takes the guards.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
update credits set current_balance = balance;
create extension peer_exchange cascade;
create procedure public.calls() language plpgsql as $$
declare
  ann  uuid := 'a0000000-0000-4000-8000-000000000001';
  ben  uuid := 'a0000000-0000-4000-8000-000000000002';
  call text;
begin
  foreach call in array array[
    format('create_peer_booking(%L, %L, current_date + 7, ''10:00'', 60, ''massage'')', ann, ben),
    format('process_peer_booking_credits(%L, %L, %L, 60)', ann, ben, ann),
    format('process_peer_booking_refund(%L)', ann),
    format('reschedule_peer_booking(%L, current_date + 7, ''10:00'')', ann),
    format('peer_exchange.grant_credits(%L, 5, ''Gift'')', ann),
    format('peer_exchange.adjust_credits(%L, 5, ''Mended'')', ann),
    'peer_exchange.allocate_credits(5, ''Monthly'', ''2030-01'')',
    format('peer_exchange.charge_session(%L)', ann),
    format('peer_exchange.cancel_session(%L, ''application'', ''Ill'')', ann),
    'peer_exchange.cancel_orphaned_sessions()',
    format('request_peer_booking(%L, %L, current_date + 7, ''10:00'', 60, ''massage'')', ann, ben),
    format('accept_peer_booking(%L)', ann),
    format('complete_peer_session(%L)', ann),
    format('report_peer_no_show(%L)', ann),
    format('peer_exchange.resolve_dispute(%L, 50, ''Both'')', ann),
    'peer_exchange.settle_due_sessions()',
    'peer_exchange.expire_requests()']
  loop
    begin
      execute 'select ' || call;
      raise warning '%: no error', call;
    exception when object_not_in_prerequisite_state then
    end;
  end loop;
  perform set_config('request.jwt.claims', json_build_object('sub', ann, 'role', 'authenticated')::text, true);
  foreach call in array array[
    'set_working_hours(''{}'', null)', 'block_time(now(), now() + interval ''1 hour'')',
    format('unblock_time(%L)', ann), 'set_cancellation_policy(24, 12, 50)', 'save_product(null, ''Massage'')',
    'set_practice_profile(''Leeds'')', format('mark_notifications_read(array[%L]::uuid[])', ann), 'create_calendar_feed()']
  loop
    begin
      execute 'select ' || call;
      raise warning '%: no error', call;
    exception when object_not_in_prerequisite_state then
    end;
  end loop;
  perform set_config('request.jwt.claims', '', true);
end $$;
call public.calls();
select count(*) > 0 as was_set_up from peer_exchange.setup();
drop extension peer_exchange cascade;
create extension peer_exchange;
call public.calls();
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 5, 'Gift');
-- What only reads goes on.
select get_practitioner_credit_cost('a0000000-0000-4000-8000-000000000002', 60) as costs;
select count(*) > 0 as was_set_up from peer_exchange.setup();
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 5, 'Gift') -> 'success' as granted;
-- A guard that is switched off guards nothing.
alter table client_sessions disable trigger zzzz_peer_exchange_2_write_payment;
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 5, 'Gift');
\i regress/adopted/scratch_end.sql
