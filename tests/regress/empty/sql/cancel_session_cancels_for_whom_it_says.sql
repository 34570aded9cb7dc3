-- By the rules of that side: a client's own cancellation follows the policy, everybody else's gives everything back.
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
call give('Ann', 60);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours) values (id('Ben'), 1000, 0, 0);
select book('Ann', 'Ben') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
savepoint booked;
select plain(peer_exchange.cancel_session(:'session', 'client', 'Ill'));
select payment_status, who(cancelled_by) as cancelled_by, cancellation_reason from client_sessions;
select * from balances;
select books_balance();
rollback to booked;
select plain(peer_exchange.cancel_session(:'session', 'practitioner'));
select payment_status, who(cancelled_by) as cancelled_by, cancellation_reason from client_sessions;
rollback to booked;
-- Whatever the claims of the request say.
call signs_in('Ann');
select plain(peer_exchange.cancel_session(:'session', 'application'));
select payment_status, who(cancelled_by) as cancelled_by, cancellation_reason from client_sessions;
select * from messages where type = 'peer_booking_cancelled_refunded';
-- Once.
select plain(peer_exchange.cancel_session(:'session', 'client'));
select peer_exchange.cancel_session(id('Nobody'), 'client');
select peer_exchange.cancel_session(null, 'client');
call inserts('Eli', 'Cyd', is_peer_booking => false);
select peer_exchange.cancel_session(session('Eli', 'Cyd'), 'application') ->> 'error_code' as ordinary;
\set VERBOSITY sqlstate
select peer_exchange.cancel_session(:'session', null);
select peer_exchange.cancel_session(:'session', ' ');
select peer_exchange.cancel_session(:'session', 'Client');
select peer_exchange.cancel_session(:'session', 'therapist');
select peer_exchange.cancel_session(:'session', 'client', repeat('x', 2001));
rollback;
