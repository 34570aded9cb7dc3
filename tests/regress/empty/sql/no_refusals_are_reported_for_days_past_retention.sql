-- A success rate of a day whose refusals are gone would flatter.
begin;
call story.starts();
set local peer_exchange.refusal_retention_days = 2;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
select id('Ann'), 'session_payment', 1, 10, 9, id('Nobody'), now() - days * interval '1 day' from generate_series(0, 3) as days;
insert into peer_exchange.refusals (rpc, error_code, refused_at)
select rpc, 'SLOT_CONFLICT', now() - days * interval '1 day'
  from (values ('create_peer_booking'), ('process_peer_booking_credits'), ('process_peer_booking_refund')) as called (rpc),
       generate_series(0, 3) as days;
select current_date - day as days_ago, bookings, refusals, success_percent
  from peer_exchange.booking_figures(current_date - 3);
set local peer_exchange.refusal_retention_days = 0;
select sum(bookings) as bookings, count(refusals) as days_with_refusals, count(success_percent) as days_with_success
  from peer_exchange.bookings_by_day;
rollback;
