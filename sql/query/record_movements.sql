-- One element an entry: $1 entries, $2 people, $3 types, $4 amounts, $5 and $6 balances before and
-- after, $7 and $8 what is owed before and after, $9 earned and $10 spent in all; $11 what for,
-- $12 session, $13 idempotency key. Nobody appears twice.
with movement as (
  select *
    from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         as movement (id, user_id, transaction_type, amount, balance_before, balance_after,
                      owed_before, owed_after, total_earned, total_spent)
), entry as (
  insert into public.credit_transactions
         (id, user_id, transaction_type, amount, balance_before, balance_after, owed_before,
          owed_after, description, session_id, idempotency_key, created_at)
  select movement.id, movement.user_id, movement.transaction_type, movement.amount,
         movement.balance_before, movement.balance_after, movement.owed_before,
         movement.owed_after, $11, $12, $13, clock_timestamp()
    from movement
)
update public.credits as account
   set balance      = movement.balance_after,
       owed         = movement.owed_after,
       total_earned = movement.total_earned,
       total_spent  = movement.total_spent,
       updated_at   = now()
  from movement
 where account.user_id = movement.user_id
returning account.user_id
