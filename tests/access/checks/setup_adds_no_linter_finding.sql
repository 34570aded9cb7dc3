-- Except for what has a reason.
create temporary table accepted (finding text, reason text);
insert into accepted
select format('function public.%s has no fixed search_path', signature),
       'a wrapper with one would not be inlined; it is one qualified call, with the caller''s own rights'
  from unnest(array[
         'create_peer_booking(uuid,uuid,date,time without time zone,integer,text,text,uuid,text)',
         'process_peer_booking_credits(uuid,uuid,uuid,integer,uuid)',
         'process_peer_booking_refund(uuid,text)',
         'get_practitioner_credit_cost(uuid,integer,uuid)',
         'get_available_slots(uuid,date,date,integer,integer,uuid,uuid)',
         'quote_peer_booking(uuid,uuid,date,time without time zone,integer,text,text,uuid,text)',
         'search_peer_practitioners(text,text,text,text,integer,integer,integer)',
         'get_credit_statement(date,date,integer,text,text,uuid)',
         'get_balance_history(date,date)',
         'get_my_peer_sessions(text,integer,text)',
         'mark_notifications_read(uuid[])',
         'get_peer_session(uuid)',
         'get_session_calendar(uuid)',
         'get_my_practice()',
         'set_working_hours(jsonb,text)',
         'block_time(timestamp with time zone,timestamp with time zone,text)',
         'unblock_time(uuid)',
         'set_cancellation_policy(integer,integer,numeric)',
         'save_product(uuid,text,integer,integer,boolean)',
         'set_practice_profile(text,text,text[])',
         'create_calendar_feed()',
         'get_my_calendar_feed()',
         'revoke_calendar_feed()',
         'get_calendar_feed(text)',
         'reschedule_peer_booking(uuid,date,time without time zone,text)',
         'request_peer_booking(uuid,uuid,date,time without time zone,integer,text,text,uuid,text)',
         'accept_peer_booking(uuid)',
         'complete_peer_session(uuid)',
         'rate_peer_session(uuid,integer,text)',
         'report_peer_no_show(uuid,text)']) as signature;
insert into accepted
select format('several permissive policies on client_sessions for %s of authenticated', action),
       'both parties handle their session by a policy of this name, beside what the application allows'
  from (values ('adopted', '{UPDATE,DELETE}'::text[]), ('settling', '{SELECT,INSERT,UPDATE}')) as allowed (database, actions)
 cross join unnest(allowed.actions) as action
 where access.database() = allowed.database;

create temporary view added as
select finding from access.findings()
 where finding not in (select finding from access.findings_before)
   and finding not in (select finding from accepted);

\echo Findings that setup() has added:
select * from added;
do $$
begin
  assert not exists (select from added);
end $$;
