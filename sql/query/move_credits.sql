-- $1 what for, $2 session, $3 idempotency key. $4 entry, $5 person, $6 type, $7 amount; by how much $8 balance, $9 what is
-- held, $10 what is owed, $11 earned and $12 spent in all change; $13 balance, $14 what was held and $15 what was owed when
-- that was decided. $16 to $27 the same of another person, if there is one. $28 the largest number that the ledger holds. Who
-- has something else by now is left out; what the ledger says of before and after is what the balance row says, as far as it can.
-- A row for each balance that was moved, then one for each entry.
with moved as (
  update public.credits as account
     set balance      = coalesce(account.balance, 0) + change.balance,
         held         = coalesce(account.held, 0) + change.held,
         owed         = coalesce(account.owed, 0) + change.owed,
         total_earned = coalesce(account.total_earned, 0) + change.total_earned,
         total_spent  = coalesce(account.total_spent, 0) + change.total_spent,
         updated_at   = now()
    from (values ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15),
                 ($16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27))
           as change (entry_id, user_id, transaction_type, amount, balance, held, owed, total_earned, total_spent,
                      balance_before, held_before, owed_before)
   where account.user_id = change.user_id
     and coalesce(account.balance, 0) = change.balance_before
     and coalesce(account.held, 0) = change.held_before
     and coalesce(account.owed, 0) = change.owed_before
  returning change.entry_id, account.user_id, change.transaction_type, change.amount,
            account.balance - change.balance as balance_before, account.balance as balance_after,
            account.held - change.held as held_before, account.held as held_after,
            account.owed - change.owed as owed_before, account.owed as owed_after
), entry as (
  insert into public.credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, owed_before,
          owed_after, description, session_id, idempotency_key, created_at)
  select moved.entry_id, moved.user_id, moved.transaction_type, moved.amount,
         peer_exchange.as_told(moved.balance_before::bigint, $28), peer_exchange.as_told(moved.balance_after::bigint, $28),
         peer_exchange.as_told(moved.held_before::bigint, $28), peer_exchange.as_told(moved.held_after::bigint, $28),
         peer_exchange.as_told(moved.owed_before::bigint, $28), peer_exchange.as_told(moved.owed_after::bigint, $28), $1, $2, $3,
         clock_timestamp()
    from moved
  returning user_id,
            (transaction_type, session_id, idempotency_key)
            is not distinct from (case user_id when $5 then $6 else $18 end, $2, $3) as is_as_decided,
            amount, balance_before, balance_after, held_before, held_after, owed_before, owed_after
)
select moved.user_id,
       null::boolean as is_as_decided,
       null::bigint as amount,
       null::bigint as balance_before,
       null::bigint as balance_after,
       null::bigint as held_before,
       null::bigint as held_after,
       null::bigint as owed_before,
       null::bigint as owed_after
  from moved
 union all
select entry.user_id, entry.is_as_decided, entry.amount::bigint, entry.balance_before::bigint, entry.balance_after::bigint,
       entry.held_before::bigint, entry.held_after::bigint, entry.owed_before::bigint, entry.owed_after::bigint
  from entry
