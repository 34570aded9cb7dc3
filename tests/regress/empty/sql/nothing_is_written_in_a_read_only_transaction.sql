-- As on a standby: each function that writes says so by 25006, whatever it would have found.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
create procedure tries(call text) language plpgsql as $$
begin
  execute 'select ' || call;
  raise notice 'no error: %', call;
exception when others then
  raise notice '% %: %', sqlstate, sqlerrm, call;
end $$;
set local transaction_read_only = on;
call tries($$book('Ann', 'Cyd', '12:00')$$);
call tries($$book('Ann', 'Ben', '10:00')$$);
call tries($$charge('Ann', 'Ben')$$);
call tries($$refund('Ann', 'Ben')$$);
call tries($$reschedule_peer_booking(session('Ann', 'Ben'), monday(), '15:00')$$);
call tries($$peer_exchange.grant_credits(id('Ann'), 5, 'Gift')$$);
call tries($$peer_exchange.allocate_credits(5, 'Month', 'May')$$);
call tries($$peer_exchange.cancel_orphaned_sessions()$$);
call tries($$peer_exchange.send_due_reminders()$$);
call tries($$peer_exchange.purge_refusals()$$);
call tries($$peer_exchange.claim_notifications(5)$$);
call tries($$peer_exchange.ack_notifications(array(select id from notifications))$$);
call tries($$peer_exchange.fail_notification((select min(id::text)::uuid from notifications), 'Full')$$);
call tries($$peer_exchange.requeue_notifications(array(select id from notifications))$$);
call signs_in('Ann');
call tries($$mark_notifications_read(array(select id from notifications))$$);
rollback;
