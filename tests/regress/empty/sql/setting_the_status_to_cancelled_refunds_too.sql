-- Older clients cancel so. The refund happens in the same statement.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
update client_sessions set status = 'cancelled', cancellation_reason = 'No time' where therapist_id = id('Ben');
select * from sessions;
select * from balances;
select * from messages where type = 'peer_booking_cancelled_refunded';
select payload ->> 'reason' as reason from notifications where type = 'peer_booking_cancelled_refunded';
-- It is one cancellation, whichever way.
select refund('Ann', 'Ben') -> 'details' as details;
update client_sessions set status = 'cancelled' where therapist_id = id('Ben');
select * from balances;
select books_balance();
rollback;

-- Several at once, and the policy binds a client here as well.
begin;
call story.starts();
call give('Ann', 200);
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours) values (id('Ben'), 1000, 1000, 1000);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
call signs_in('Ann');
update client_sessions set status = 'cancelled';
call signs_in(null);
select * from sessions;
select * from balances;
select books_balance();
rollback;
