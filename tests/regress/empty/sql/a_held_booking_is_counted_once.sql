-- When it is made, not when it is paid; a cancellation counts what was held as what was paid.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
set local peer_exchange.default_partial_refund_percent = 50;
set local peer_exchange.default_full_refund_hours = 8784;
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '14:00') -> 'success' as booked;
select bookings, credits from peer_exchange.bookings_by_day where bookings > 0;
call begins_in('Ann', 'Ben', interval '-1 hour');
select complete('Ann', 'Ben') -> 'settled_credits' as settled;
call signs_in('Ann');
select refund('Ann', 'Cyd') -> 'refund_percent' as refunded;
call signs_in(null);
select bookings, credits from peer_exchange.bookings_by_day where bookings > 0;
select cancelled_by, cancellations, credits_paid, credits_refunded from peer_exchange.cancellations;
select granted, adjusted, paid, refunded, in_circulation from peer_exchange.credits_by_day order by day desc limit 1;
select name, bookings_given, earned from peer_exchange.top_earners;
select name, bookings_received, spent from peer_exchange.top_spenders;
select books_balance();
rollback;

-- Cancelled by its practitioner, who has earned nothing of it.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
call signs_in('Ben');
select refund('Ann', 'Ben') -> 'refund_percent' as refunded;
call signs_in(null);
select cancelled_by, cancellations, credits_paid, credits_refunded from peer_exchange.cancellations;
rollback;
