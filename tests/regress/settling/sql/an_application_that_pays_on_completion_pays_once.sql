-- It inserts its sessions itself, and charges what has taken place. Where settlement waits for completion it need not.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
set local peer_exchange.settlement = 'completion';
-- Of what nobody was charged for, nothing moves.
call inserts('Ann', 'Ben');
update client_sessions set status = 'completed' where id = session('Ann', 'Ben');
select status, payment_status from client_sessions where id = session('Ann', 'Ben');
select plain(peer_exchange.charge_session(session('Ann', 'Ben'))) - 'status' as charged;
select * from accounts() where person in ('Ann', 'Ben');
-- Charged before, it is paid when it says that it has taken place, and asked once more nothing moves.
call inserts('Ann', 'Ben', '14:00');
select plain(peer_exchange.charge_session(session('Ann', 'Ben', '14:00'))) - 'status' as charged;
select * from accounts() where person in ('Ann', 'Ben');
update client_sessions set status = 'completed' where id = session('Ann', 'Ben', '14:00');
select * from accounts() where person in ('Ann', 'Ben');
update client_sessions set status = 'scheduled' where id = session('Ann', 'Ben', '14:00');
update client_sessions set status = 'completed' where id = session('Ann', 'Ben', '14:00');
select plain(peer_exchange.charge_session(session('Ann', 'Ben', '14:00'))) -> 'replayed' as replayed;
select * from accounts() where person in ('Ann', 'Ben');
-- What it marks as missed, the client pays by the percentage.
set local peer_exchange.no_show_percent = 25;
call inserts('Ann', 'Ben', '16:00');
select plain(peer_exchange.charge_session(session('Ann', 'Ben', '16:00'))) -> 'success' as charged;
update client_sessions set status = 'no_show' where id = session('Ann', 'Ben', '16:00');
select * from accounts() where person in ('Ann', 'Ben');
select finding from peer_exchange.verify_ledger() where user_id in (id('Ann'), id('Ben')) or session_id in (session('Ann', 'Ben', '10:00'), session('Ann', 'Ben', '14:00'), session('Ann', 'Ben', '16:00'));
rollback;
