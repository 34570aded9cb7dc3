-- now() stands still within a transaction, so the edge is exact.
begin;
call story.starts();
call give('Ann', 100);
call give('Cyd', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
update client_sessions set expires_at = now() + interval '1 microsecond';
select book('Cyd', 'Ben') ->> 'error_code' as still_held, book('Ann', 'Cyd', '14:00') -> 'details' as still_kept;
call requests_run_out();
select accept('Ann', 'Ben') ->> 'error_code' as code;
-- Somebody else takes the slot; what is held is the client's affair.
select book('Cyd', 'Ben') -> 'success' as booked;
select client, status, payment_status, occupies from sessions;
select * from accounts();
select count(*) from messages where type = 'peer_booking_expired';
select accept_peer_booking(id) ->> 'error_code' as code from client_sessions where client_id = id('Ann');
select * from peer_exchange.verify_ledger();
-- Her next booking has the credits.
select jsonb_pretty(book('Ann', 'Cyd', '14:00')) as reply;
select client, status, payment_status, occupies from sessions;
select * from accounts();
select * from messages where type = 'peer_booking_expired';
select held_credits from client_sessions where status = 'expired';
select books_balance();
rollback;

-- A request and a charge have them, too.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben', minutes => 100) -> 'success' as asked;
select ask('Ann', 'Cyd', '14:00') -> 'details' as too_much;
call requests_run_out();
select ask('Ann', 'Cyd', '14:00', minutes => 100) -> 'success' as asked_again;
select * from accounts();
call requests_run_out();
call inserts('Ann', 'Cyd', '16:00');
select charge('Ann', 'Cyd', '16:00') -> 'success' as charged;
select client, practitioner, status, payment_status, cost from sessions;
select * from accounts();
select books_balance();
rollback;

-- Whoever books her own expired slot again has both back.
begin;
call story.starts();
call give('Ann', 60);
select ask('Ann', 'Ben') -> 'success' as asked;
call requests_run_out();
select book('Ann', 'Ben') -> 'success' as booked;
select client, practitioner, status, payment_status, occupies from sessions order by status desc;
select * from accounts();
select books_balance();
rollback;

-- A refusal writes nothing.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call requests_run_out();
select world() as before \gset
select book('Ann', 'Cyd', '14:00', minutes => 101) -> 'details' as details;
select world() = :'before' as nothing_was_written;
rollback;
