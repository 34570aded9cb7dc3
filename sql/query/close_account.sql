-- $1 a person who leaves, whose balance has been brought to zero.
delete from public.credits
 where user_id = $1
   and coalesce(balance, 0) = 0
   and coalesce(held, 0) = 0
   and coalesce(owed, 0) = 0
