-- Completes receipt.sql: the last charge, as long as any of it is still held or paid. What was given back wholly is not. What a
-- settlement paid out of what was held is no charge.
 where (select sum(case entry.transaction_type
                     when 'session_payment' then abs(peer_exchange.whole_credits(entry.amount::bigint)::bigint)
                     when 'refund'          then -abs(peer_exchange.whole_credits(entry.amount::bigint)::bigint)
                     else 0
                   end) > 0
               or sum(peer_exchange.held_change(entry.held_before::bigint, entry.held_after::bigint)) > 0
          from public.credit_transactions as entry
         where entry.session_id = $1)
 order by charge.is_held and exists (select from public.client_sessions as session
                                      where session.id = $1 and session.settled_at is not null) desc,
          charge.charged_at desc nulls last, charge.earned_at desc nulls last
 limit 1
