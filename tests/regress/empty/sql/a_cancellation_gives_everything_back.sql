begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben');
select * from sessions;
select * from balances;
select * from ledger;
select * from messages where type = 'peer_booking_cancelled_refunded';
select cancelled_at = now() as cancelled_now, cancellation_reason from client_sessions;
select books_balance();

-- Once.
select world() as before \gset
select refund('Ann', 'Ben') as again;
select world() = :'before' as nothing_was_written;
rollback;

-- Either party may cancel, and the session remembers who.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
call signs_in('Ben');
select refund('Ann', 'Ben') -> 'success' as refunded;
select who(cancelled_by) as cancelled_by from client_sessions;
rollback;
