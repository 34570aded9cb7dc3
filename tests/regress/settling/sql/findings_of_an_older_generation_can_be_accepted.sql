-- The books can't be changed, so what an older generation did to them would be found every night for ever. Somebody looks
-- at it and says that it stays so; whatever changes or comes anew is found as before.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select finding, count(*) > 100 as many from peer_exchange.verify_ledger() group by finding;
select count(*) as found from peer_exchange.verify_ledger() \gset
select peer_exchange.accept_findings('Paid for before anybody earned', 'PAIR_BROKEN') = :found as accepted;
select * from peer_exchange.verify_ledger();
select count(*) = :found as kept, min(reason) as reason, min(accepted_by) = current_user as by_me from peer_exchange.accepted_findings;
-- There is nothing to accept any more.
select peer_exchange.accept_findings('Once more');
-- It was accepted as it was, not whatever becomes of it.
insert into credit_transactions (user_id, session_id, transaction_type, amount, balance_before, balance_after)
select account.user_id, payment.session_id, 'session_payment', 7, account.balance, account.balance - 7
  from peer_exchange.accepted_findings as accepted
  join credit_transactions as payment on payment.session_id = accepted.session_id and payment.transaction_type = 'session_payment'
  join credits as account on account.user_id = payment.user_id
 order by accepted.session_id limit 1;
select finding from peer_exchange.verify_ledger() order by finding;
-- Of balances nothing is accepted: they can be set right.
select peer_exchange.accept_findings('Never mind', 'BALANCE_UNEXPLAINED');
\echo :LAST_ERROR_SQLSTATE
select peer_exchange.accept_findings('  ');
\echo :LAST_ERROR_SQLSTATE
select peer_exchange.accept_findings(null);
\echo :LAST_ERROR_SQLSTATE
select peer_exchange.accept_findings('Never mind', 'NO_SUCH_FINDING');
\echo :LAST_ERROR_SQLSTATE
-- What is taken back is found again.
delete from peer_exchange.accepted_findings;
select count(*) > :found as more from peer_exchange.verify_ledger();
-- It is nobody's but an administrator's.
set local role service_role;
select peer_exchange.accept_findings('Never mind');
\echo :LAST_ERROR_SQLSTATE
rollback;
