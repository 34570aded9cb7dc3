-- Older clients send status and payment_status together; what became of the payment is for the refund to say.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
update credits set balance = 30 where user_id = id('Ben');
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours) values (id('Cyd'), 1000, 0, 0);
select book('Ann', 'Cyd') -> 'success' as booked;
call signs_in('Ann');
set local role authenticated;
update client_sessions set payment_status = 'refunded' where is_peer_booking;
update client_sessions set status = 'cancelled', payment_status = 'refunded' where is_peer_booking
returning status, payment_status;
reset role;
select balance from credits where user_id = id('Ann');
-- The application does the same.
call signs_in(null);
select book('Ann', 'Cyd') -> 'success' as booked;
update client_sessions set status = 'cancelled', payment_status = 'paid' where status = 'scheduled' and is_peer_booking
returning status, payment_status;
select balance from credits where user_id = id('Ann');
select books_balance();
rollback;
