-- EXECUTE alone guards them, so that a function of the application may call them for whoever has called it.
begin;
call story.starts();
call signs_in('Cyd');
select peer_exchange.grant_credits(id('Ann'), 100, 'Gift') -> 'success' as granted;
select peer_exchange.adjust_credits(id('Ann'), -10, 'Too many') -> 'success' as adjusted;
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12', array[id('Ben')]) as allocated;
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select peer_exchange.send_due_reminders() as reminded;
select peer_exchange.purge_refusals() as purged;
set local request.jwt.claims = 'not JSON';
select peer_exchange.grant_credits(id('Ann'), 100, 'Gift') -> 'success' as granted;
rollback;
