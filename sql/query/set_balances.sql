-- $1 person, $2 balance, $3 what is owed, $4 earned and $5 spent in all; $6 to $10 the same of another
-- person, if there is one.
update public.credits as account
   set balance      = present.balance,
       owed         = present.owed,
       total_earned = present.total_earned,
       total_spent  = present.total_spent,
       updated_at   = now()
  from (values ($1, $2, $3, $4, $5),
               ($6, $7, $8, $9, $10)) as present (user_id, balance, owed, total_earned, total_spent)
 where account.user_id = present.user_id
