-- Ann has asked Ben twice, for 30 credits each; entries of the application's own say that 40 more are held for either.
begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben', '10:00', 30) -> 'success' as asked, ask('Ann', 'Ben', '14:00', 30) -> 'success' as asked_again;
insert into credit_transactions (user_id, session_id, transaction_type, amount, balance_before, balance_after, held_before, held_after)
select client_id, id, 'session_hold', 40, 40, 0, 60, 100 from client_sessions;
select * from accounts();

-- Both run out: the job comes to its end.
savepoint asked;
call requests_run_out();
select peer_exchange.expire_requests() as ended;
select client, status, payment_status, occupies from sessions;
select * from accounts();
select payload ->> 'credits' as credits, payload ->> 'balance_after' as balance_after
  from notifications where type = 'peer_booking_expired' and recipient_id = id('Ann') order by credits desc;
rollback to asked;

-- Ann books next.
call requests_run_out();
select book('Ann', 'Cyd', '10:00', 100) - 'session_id' as booked;
select * from accounts();
rollback to asked;

-- Ben is away.
update users set is_active = false where id = id('Ben');
select client, status, payment_status, occupies from sessions;
select * from accounts();
rollback to asked;

-- Ann gives up both by an older client.
update client_sessions set status = 'cancelled';
select * from accounts();
rollback to asked;

-- Ben accepts one, and declines the other.
select accept('Ann', 'Ben', '10:00') -> 'credit_cost' as cost;
select refund('Ann', 'Ben', '14:00') -> 'refunded_credits' as refunded;
select * from accounts();
rollback;
