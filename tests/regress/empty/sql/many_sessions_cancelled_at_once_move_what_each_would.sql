-- Ben gives Ann three sessions and has spent most of it on one with Cyd. When he goes, each moves its own credits, on what the
-- one before has left.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
select book('Ann', 'Ben', '14:00') -> 'success' as booked;
select book('Ben', 'Cyd', '16:00', 150) -> 'success' as booked;
update users set is_active = false where id = id('Ben');
select * from sessions;
select * from balances;
select * from ledger where type in ('refund', 'session_earning_reversal');
select recipient, credits, balance_after
  from (select who(recipient_id) as recipient, payload -> 'credits' as credits, payload -> 'balance_after' as balance_after
          from notifications where type = 'peer_booking_cancelled_refunded' order by id) as told;
select books_balance();
rollback;

-- One statement of the application's cancels what may be refunded and what may not, and somebody who was never charged.
begin;
call story.starts();
call give('Ann', 120);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
call inserts('Dee', 'Ben', '14:00');
update client_sessions set status = 'completed' where start_time = '12:00';
update client_sessions set status = 'cancelled';
select * from sessions;
select * from balances;
select * from ledger where type in ('refund', 'session_earning_reversal');
select who(recipient_id) as recipient from notifications where type = 'peer_booking_cancelled_refunded' order by id;
select books_balance();
rollback;

-- What a trigger of the application moves meanwhile counts, and what it takes out of the ledger is noticed.
begin;
call story.starts();
call give('Ann', 120);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
create function grants_one() returns trigger language plpgsql as $$
begin
  perform peer_exchange.grant_credits(new.client_id, 1, 'One more');
  return null;
end $$;
create trigger grants_one after update of status on client_sessions for each row execute function grants_one();
savepoint before_the_departure;
update users set is_active = false where id = id('Ben');
select * from balances;
select books_balance();
rollback to before_the_departure;
create function keeps_only_the_first() returns trigger language plpgsql as $$
begin
  return case when exists (select from credit_transactions where transaction_type = 'refund') then null else new end;
end $$;
create trigger keeps_only_the_first before insert on credit_transactions for each row
  when (new.transaction_type = 'refund') execute function keeps_only_the_first();
update users set is_active = false where id = id('Ben');
rollback;
