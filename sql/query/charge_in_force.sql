-- Completes receipt.sql: the last charge, as long as any of it is still held or paid. What was given back wholly is not.
 where (select sum(case entry.transaction_type
                     when 'session_payment' then abs(entry.amount)
                     when 'refund'          then -abs(entry.amount)
                     else 0
                   end) > 0
               or sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0)) > 0
          from public.credit_transactions as entry
         where entry.session_id = $1)
 order by charge.charged_at desc nulls last, charge.earned_at desc nulls last
 limit 1
