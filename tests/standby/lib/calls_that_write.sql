-- Calls functions that write, and says with which SQLSTATE each fails: all of them as the service, or what people call as
-- Ann.
\getenv caller CALLER
select set_config('search_path', 'story, public', false), set_config('standby.caller', :'caller', false) \g /dev/null
do $$
declare
  call     text;
  outcome  text;
begin
  foreach call in array array[
    $call$create_peer_booking(id('Ann'), id('Cyd'), monday(), '14:00', 60, 'massage')$call$,
    -- Refused anyway, and what refuses it is that the time is taken.
    $call$create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage')$call$,
    -- Refused before the database is asked.
    $call$create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, null)$call$,
    $call$process_peer_booking_credits(id('Ann'), id('Cyd'), session('Ann', 'Cyd'), 60)$call$,
    $call$process_peer_booking_refund(session('Ann', 'Ben'))$call$,
    $call$reschedule_peer_booking(session('Ann', 'Ben'), monday(), '15:00')$call$,
    $call$request_peer_booking(id('Ann'), id('Cyd'), monday(), '16:00', 60, 'massage')$call$,
    $call$accept_peer_booking(session('Ann', 'Ben'))$call$,
    $call$complete_peer_session(session('Ann', 'Ben'))$call$,
    $call$report_peer_no_show(session('Ann', 'Ben'))$call$,
    $call$rate_peer_session(session('Ann', 'Ben'), 5)$call$,
    $call$mark_notifications_read(array(select id from notifications where recipient_id = id('Ann')))$call$,
    $call$set_working_hours('{}', 'Europe/London')$call$,
    $call$block_time(now(), now() + interval '1 hour')$call$,
    $call$unblock_time(id('Ann'))$call$,
    $call$set_cancellation_policy(24, 12, 50)$call$,
    $call$save_product(null, 'Massage', 60)$call$,
    $call$set_practice_profile('Leeds')$call$,
    $call$create_calendar_feed()$call$,
    $call$revoke_calendar_feed()$call$,
    $call$peer_exchange.claim_notifications(5)$call$,
    $call$peer_exchange.ack_notifications(array(select id from notifications))$call$,
    $call$peer_exchange.fail_notification((select min(id::text)::uuid from notifications), 'Full')$call$,
    $call$peer_exchange.requeue_notifications(array(select id from notifications))$call$,
    $call$peer_exchange.grant_credits(id('Ann'), 5, 'Gift')$call$,
    $call$peer_exchange.adjust_credits(id('Ann'), 5, 'Mistake')$call$,
    $call$peer_exchange.charge_session(session('Ann', 'Cyd'))$call$,
    $call$peer_exchange.cancel_session(session('Ann', 'Ben'), 'application', 'Closed')$call$,
    $call$peer_exchange.allocate_credits(5, 'Month', 'May')$call$,
    $call$peer_exchange.cancel_orphaned_sessions('0')$call$,
    $call$peer_exchange.expire_requests()$call$,
    $call$peer_exchange.settle_due_sessions()$call$,
    $call$peer_exchange.resolve_dispute(session('Ann', 'Ben'), 50, 'Both were late')$call$,
    $call$peer_exchange.send_due_reminders()$call$,
    $call$call peer_exchange.send_all_due_reminders()$call$,
    $call$peer_exchange.accept_findings('Old')$call$,
    $call$peer_exchange.purge_refusals()$call$,
    $call$peer_exchange.open_calendar_feeds()$call$,
    $call$peer_exchange.close_calendar_feeds()$call$,
    $call$peer_exchange.setup()$call$,
    $call$peer_exchange.setup(true)$call$,
    $call$peer_exchange.adoption_script()$call$]
  loop
    continue when case current_setting('standby.caller') when 'person' then call like '%peer_exchange.%' else call ~ '^(mark|set|block|unblock|save|create_calendar|revoke)_' end;
    begin
      if current_setting('standby.caller') = 'person' then
        call signs_in('Ann');
        set local role authenticated;
      end if;
      execute case when call like 'call %' then call else 'select ' || call end;
      outcome := 'no error:';
    exception when others then
      outcome := sqlstate;
    end;
    raise notice '% %', outcome, substring(call from '^(?:call )?(?:peer_exchange[.])?(.*)$');
  end loop;
end $$;
