-- Both parties are told of a move; a moment that had passed by then does not remind them once more.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call waits('3 days');
select public.reschedule_peer_booking(session('Ann', 'Ben'), soon::date, soon::time) -> 'success' as moved
  from (select date_trunc('minute', now() at time zone 'UTC' + interval '20 hours') as soon) as near;

select peer_exchange.send_due_reminders() as sent_at_once;

-- Had it been moved there two days ago, the moment would have come after.
update peer_exchange.session_moves set moved_at = moved_at - interval '2 days';
select peer_exchange.send_due_reminders() as sent_when_due;
rollback;
