-- Declined by the practitioner; the client is told.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ben');
select jsonb_pretty(refund('Ann', 'Ben')) as reply;
select refund('Ann', 'Ben') ->> 'error_code' as again, accept('Ann', 'Ben') -> 'details' as accepted;
call signs_in(null);
select * from sessions;
select held_credits, cancelled_by = id('Ben') as by_ben, cancellation_reason from client_sessions;
select * from accounts();
select * from messages where type <> 'peer_booking_requested';
select title, regexp_replace(body, 'on .* at', 'on … at') as body from notifications where type = 'peer_booking_declined';
select * from peer_exchange.verify_ledger();
select books_balance();
rollback;

-- Withdrawn by the client, however late and whatever the policy says; the practitioner is told.
begin;
call story.starts();
set local peer_exchange.default_full_refund_hours = 8000;
set local peer_exchange.default_partial_refund_hours = 8000;
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ann');
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
call signs_in(null);
select client, status, payment_status, occupies from sessions;
select * from accounts();
select * from messages where type <> 'peer_booking_requested';
select books_balance();
rollback;

-- Ended by the application: both are told.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
select peer_exchange.cancel_session(story.session('Ann', 'Ben'), 'application') -> 'refunded_credits' as refunded;
select status from sessions;
select * from messages where type <> 'peer_booking_requested';
select books_balance();
rollback;
