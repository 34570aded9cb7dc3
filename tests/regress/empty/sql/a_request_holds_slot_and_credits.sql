begin;
call story.starts();
call give('Ann', 100);
select jsonb_pretty(ask('Ann', 'Ben')) as reply;
select * from sessions;
select * from accounts();
select type, amount, before, after, description from ledger where type <> 'bonus';
select * from messages;
select expires_at = now() + interval '48 hours' as waits_two_days, requested_at = now() as since_now, accepted_at is null as unanswered,
       held_credits
  from client_sessions;
-- Slot and credits are neither's and nobody's.
select book('Cyd', 'Ben', '10:30') ->> 'error_code' as slot;
select book('Ann', 'Cyd', '14:00') -> 'details' as credits;
select * from peer_exchange.verify_ledger();
select books_balance();
rollback;

-- At most until it would begin.
begin;
call story.starts();
call give('Ann', 100);
select request_peer_booking(id('Ann'), id('Ben'), (now() + interval '3 hours')::date, date_trunc('minute', now() + interval '3 hours')::time, 60, 'massage')
       -> 'success' as asked;
select expires_at = lower(occupied_during) as waits_until_it_begins from client_sessions;
rollback;
