-- Notes, product and key may be missing, and a cancellation needs no reason.
begin;
call story.starts();
call give('Ann', 100);
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', null, null, null)) -> 'success' as booked;
select notes, product_id, idempotency_key from client_sessions;
select plain(process_peer_booking_refund(session('Ann', 'Ben'), null)) -> 'success' as refunded;
select cancellation_reason from client_sessions;
rollback;

-- A blank reason counts as none.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select plain(process_peer_booking_refund(session('Ann', 'Ben'), '  ')) -> 'success' as refunded;
select cancellation_reason from client_sessions;
rollback;
