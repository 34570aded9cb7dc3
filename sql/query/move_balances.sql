-- $1 person; by how much $2 balance, $3 what is owed, $4 earned and $5 spent in all change; $6 balance and $7
-- what was owed when that was decided. $8 to $14 the same of another person, if there is one. Who has
-- something else by now is left out.
update public.credits as account
   set balance      = coalesce(account.balance, 0) + change.balance,
       owed         = coalesce(account.owed, 0) + change.owed,
       total_earned = coalesce(account.total_earned, 0) + change.total_earned,
       total_spent  = coalesce(account.total_spent, 0) + change.total_spent,
       updated_at   = now()
  from (values ($1, $2, $3, $4, $5, $6, $7),
               ($8, $9, $10, $11, $12, $13, $14))
         as change (user_id, balance, owed, total_earned, total_spent, balance_before, owed_before)
 where account.user_id = change.user_id
   and coalesce(account.balance, 0) = change.balance_before
   and coalesce(account.owed, 0) = change.owed_before
returning account.user_id,
          account.balance::integer as balance,
          account.owed::integer    as owed
