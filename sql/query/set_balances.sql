-- One element a person: $1 people, $2 balances, $3 what is owed, $4 earned and $5 spent in all.
-- Nobody appears twice.
update public.credits as account
   set balance      = movement.balance,
       owed         = movement.owed,
       total_earned = movement.total_earned,
       total_spent  = movement.total_spent,
       updated_at   = now()
  from unnest($1, $2, $3, $4, $5) as movement (user_id, balance, owed, total_earned, total_spent)
 where account.user_id = movement.user_id
