-- The functions that somebody may call get arguments that work; the others get NULLs, which is
-- enough to see whether they are closed.
create table access.known_call (name text primary key, call text);
insert into access.known_call values
  ('create_peer_booking', substring(access.booking('Ann', 'Ben') from 'create_peer_booking.*')),
  ('request_peer_booking', replace(substring(access.booking('Ann', 'Ben') from 'create_peer_booking.*'),
                                   'create_peer_booking', 'request_peer_booking')),
  ('accept_peer_booking', format('accept_peer_booking(%L)', access.session('paid'))),
  ('process_peer_booking_credits', format('process_peer_booking_credits(%L, %L, %L, 60, null)',
                                          access.id('Ann'), access.id('Ben'), access.session('unpaid'))),
  ('process_peer_booking_refund', format('process_peer_booking_refund(%L, ''Ill'')', access.session('paid'))),
  ('complete_peer_session', format('complete_peer_session(%L)', access.session('paid'))),
  ('report_peer_no_show', format('report_peer_no_show(%L, ''Nobody came'')', access.session('paid'))),
  ('rate_peer_session', format('rate_peer_session(%L, 5, ''Splendid'')', access.session('paid'))),
  ('resolve_dispute', format('resolve_dispute(%L, 50, ''Heard both'')', access.session('paid'))),
  ('settle_due_sessions', 'settle_due_sessions()'),
  ('reschedule_peer_booking', format('reschedule_peer_booking(%L, (now() + interval ''40 days'')::date, ''11:00'', null)', access.session('paid'))),
  ('get_practitioner_credit_cost', format('get_practitioner_credit_cost(%L, 60, null)', access.id('Ben'))),
  ('get_available_slots', format('get_available_slots(%L, current_date, current_date, 60, 60, null)', access.id('Ben'))),
  ('quote_peer_booking', replace(substring(access.booking('Ann', 'Ben') from 'create_peer_booking.*'),
                                 'create_peer_booking', 'quote_peer_booking')),
  ('search_peer_practitioners', 'search_peer_practitioners(null, null, null, null, 60, 20, 0)'),
  ('get_credit_statement', 'get_credit_statement(null, null, 50, null, null, null)'),
  ('get_balance_history', 'get_balance_history(null, null)'),
  ('get_my_peer_sessions', 'get_my_peer_sessions(''all'', 20, null)'),
  ('get_peer_session', format('get_peer_session(%L)', access.session('paid'))),
  ('get_session_calendar', format('get_session_calendar(%L)', access.session('paid'))),
  ('session_calendar', format('session_calendar(%L, %L)', access.session('paid'), access.id('Ann'))),
  ('create_calendar_feed', 'create_calendar_feed()'),
  ('get_my_calendar_feed', 'get_my_calendar_feed()'),
  ('revoke_calendar_feed', 'revoke_calendar_feed()'),
  ('mark_notifications_read', 'mark_notifications_read(array[]::uuid[])'),
  ('get_my_practice', 'get_my_practice()'),
  ('set_working_hours', 'set_working_hours(''{}'', ''Europe/London'')'),
  ('block_time', 'block_time(now() + interval ''90 days'', now() + interval ''91 days'', ''Away'')'),
  ('unblock_time', format('unblock_time(%L)', access.id('Ann'))),
  ('set_cancellation_policy', 'set_cancellation_policy(24, 12, 50)'),
  ('save_product', format('save_product(%L, ''Massage'', 60, 60, true)', access.id('Ann'))),
  ('set_practice_profile', 'set_practice_profile(''Leeds'')'),
  ('grant_credits', format('grant_credits(%L, 5, ''Gift'')', access.id('Ann'))),
  ('adjust_credits', format('adjust_credits(%L, -5, ''Given twice'')', access.id('Ann'))),
  ('charge_session', format('charge_session(%L)', access.session('unpaid'))),
  ('cancel_session', format('cancel_session(%L, ''application'')', access.session('paid'))),
  ('send_due_reminders', 'send_due_reminders()'),
  ('schedule_jobs', 'schedule_jobs()'),
  ('unschedule_jobs', 'unschedule_jobs()'),
  ('claim_notifications', 'claim_notifications()'),
  ('ack_notifications', 'ack_notifications(array[]::uuid[])'),
  ('fail_notification', format('fail_notification(%L, ''Full'')', access.id('Ann'))),
  ('requeue_notifications', 'requeue_notifications(array[]::uuid[])'),
  ('cancel_orphaned_sessions', 'cancel_orphaned_sessions()'),
  ('expire_requests', 'expire_requests()'),
  ('verify_ledger', 'verify_ledger()');

-- NULL as no planner sees it: it would save itself the call of a strict function, and the question whether it is allowed.
create function access.nothing() returns text language plpgsql as 'begin return null; end';

-- Functions and procedures that are ours or the application's, not those of another extension.
create view access.routine as
select routine.oid, routine.pronamespace::regnamespace::text as schema, routine.proname::text as name,
       format('%s(%s)', routine.proname,
              (select string_agg(format('access.nothing()::%s', type::regtype), ', ') from unnest(routine.proargtypes::oid[]) as type)) as call,
       routine.prorettype = 'trigger'::regtype as is_trigger, routine.prokind = 'p' as is_procedure
  from pg_proc as routine
 where routine.pronamespace::regnamespace::text in ('public', 'peer_exchange', 'peer_exchange_legacy')
   and routine.prokind in ('f', 'p')
   and not exists (select from pg_depend
                     join pg_extension on pg_extension.oid = refobjid and extname <> 'peer_exchange'
                    where classid = 'pg_proc'::regclass and objid = routine.oid and deptype = 'e');

-- Whether an actor may call a function; what it then answers does not matter here.
create function access.may_call(actor text, schema text, name text) returns text
language plpgsql
as $$
declare
  routine record;
  outcome text;
  verdict text;
begin
  for routine in
    select coalesce(known.call, present.call) as call, known.call is not null as in_earnest, present.is_trigger, present.is_procedure
      from access.routine as present
      left join access.known_call as known
           on known.name = present.name and present.schema in ('public', 'peer_exchange')
     where present.schema = may_call.schema and present.name = may_call.name
  loop
    outcome := access.outcome(actor, format(
      case when routine.is_trigger then 'select %I.%s'
           when routine.is_procedure then 'call %I.%s'
           -- Counted, so that it runs and yields a row whatever it returns.
           else 'select count(called) from (select %I.%s as called) as answers' end, schema, routine.call));
    if outcome = 'done' or (outcome not in ('-', 'guard') and not routine.in_earnest) then
      outcome := 'yes';
    end if;
    if verdict is distinct from outcome and verdict is not null then
      return format('%s or %s', verdict, outcome);
    end if;
    verdict := outcome;
  end loop;
  return coalesce(verdict, 'there is no such function');
end $$;
