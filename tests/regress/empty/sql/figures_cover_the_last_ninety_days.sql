-- Today and the 89 days before it.
begin;
call story.starts();
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
select id('Ann'), 'session_payment', amount, 100, 100 - amount, id('Nobody'), created_at
  from (values (1, date_trunc('day', now()) - interval '89 days' - interval '1 microsecond'),
               (2, date_trunc('day', now()) - interval '89 days'),
               (4, now())) as payment (amount, created_at);
select count(*) as days, max(day) = current_date as until_today, sum(credits) as credits
  from peer_exchange.bookings_by_day;
select sum(credits) as credits from peer_exchange.booking_figures(current_date - 90);
select sum(credits) as credits from peer_exchange.booking_figures(p_to => current_date - 1);
rollback;
