-- $1 person, $2 idempotency key. What the ledger says of the grant or the adjustment made under this key.
select entry.transaction_type::text as transaction_type,
       (peer_exchange.worth(entry.balance_after::bigint, entry.held_after::bigint, entry.owed_after::bigint)
        - peer_exchange.worth(entry.balance_before::bigint, entry.held_before::bigint, entry.owed_before::bigint))::bigint as amount,
       entry.balance_before::bigint as balance_before,
       entry.balance_after::bigint  as balance_after,
       entry.created_at::timestamptz as made_at
  from public.credit_transactions as entry
 where entry.user_id = $1
   and entry.idempotency_key = $2
