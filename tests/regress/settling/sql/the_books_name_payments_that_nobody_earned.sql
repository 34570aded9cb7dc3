-- And nothing else: neither what is awarded for other sessions, nor refunds whose other half is an adjustment.
select finding, detail, sum(expected - actual) as credits, count(*) = count(distinct session_id) as each_once
  from peer_exchange.verify_ledger()
 group by finding, detail;
select sum(amount) as burned
  from public.credit_transactions as payment
 where transaction_type = 'session_payment'
   and not exists (select from public.credit_transactions as other
                    where other.session_id = payment.session_id and transaction_type in ('session_earning', 'refund'));
