-- $1 person, $2 idempotency key.
select entry.amount::integer         as amount,
       entry.balance_before::integer as balance_before,
       entry.balance_after::integer  as balance_after
  from public.credit_transactions as entry
 where entry.user_id = $1
   and entry.idempotency_key = $2
   and entry.transaction_type = 'bonus'
