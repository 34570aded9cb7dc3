-- The application calls off a session, everything goes back, and then it takes place after all. The ledger says that nobody
-- has paid for it, so whoever asks pays: once. A part that is still paid is a payment still.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
create function pg_temp.charged() returns jsonb language sql as $$
  select plain(peer_exchange.charge_session(session('Ann', 'Ben')))
$$;
create view story.of_session as
select type, amount, before, after from ledger where of_session and person is not null;
select book('Ann', 'Ben') -> 'success' as booked;
select pg_temp.charged() -> 'replayed' as replayed;
update client_sessions set status = 'cancelled' where id = session('Ann', 'Ben') returning payment_status;
-- Whoever repeats the charge has the answer to it, as long as it is cancelled.
select pg_temp.charged();
update client_sessions set status = 'scheduled' where id = session('Ann', 'Ben') returning payment_status;
savepoint revived;
-- Nobody is reminded of what is not paid.
call waits('3 days');
call begins_in('Ann', 'Ben', '1 hour');
select peer_exchange.send_due_reminders() as reminded;
rollback to revived;
select pg_temp.charged();
select pg_temp.charged();
select * from sessions where client is not null;
select person, balance, owed from balances where person in ('Ann', 'Ben');
select * from story.of_session;
-- What it costs, and what comes back, is what was paid last.
select reschedule_peer_booking(session('Ann', 'Ben'), monday() + 1, '14:00') -> 'credit_cost' as credit_cost;
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
select refund('Ann', 'Ben') -> 'details' as refunded_before;
select person, balance, owed from balances where person in ('Ann', 'Ben');
select finding from peer_exchange.verify_ledger() where session_id = session('Ann', 'Ben') or user_id in (id('Ann'), id('Ben'));

-- The older flow, by its client.
rollback to revived;
call signs_in('Ann');
set local role authenticated;
select charge('Ann', 'Ben') - 'status' as charged;
select charge('Ann', 'Ben') -> 'replayed' as replayed;
reset role;
call signs_in(null);
-- Her late cancellation gives half back, and the half that stays is paid.
set local peer_exchange.default_full_refund_hours = 8784;
set local peer_exchange.default_partial_refund_percent = 50;
call signs_in('Ann');
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
call signs_in(null);
update client_sessions set status = 'scheduled' where id = session('Ann', 'Ben');
select pg_temp.charged() -> 'replayed' as replayed;
select person, balance, owed from balances where person in ('Ann', 'Ben');
-- Twice without anything back is still found.
insert into credit_transactions (user_id, session_id, transaction_type, amount, balance_before, balance_after)
select user_id, session('Ann', 'Ben'), case when user_id = id('Ann') then 'session_payment' else 'session_earning' end, 60, balance,
       case when user_id = id('Ann') then balance - 60 else balance + 60 end
  from credits where user_id in (id('Ann'), id('Ben'));
select finding, expected, actual from peer_exchange.verify_ledger() where session_id = session('Ann', 'Ben');
rollback;
