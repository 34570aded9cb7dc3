-- Completes receipt.sql: the last charge, as long as any of it is still paid. What was given back wholly is not.
   and (select sum(case entry.transaction_type
                     when 'session_payment' then abs(entry.amount)
                     else -abs(entry.amount)
                   end)
          from public.credit_transactions as entry
         where entry.session_id = payment.session_id
           and entry.transaction_type in ('session_payment', 'refund')) > 0
 order by payment.created_at desc nulls last, earning.created_at desc nulls last
 limit 1
