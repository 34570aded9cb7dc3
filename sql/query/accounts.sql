-- $1 people. In the order of their ids, as everywhere, so that no two transactions wait for each other.
select account.user_id,
       coalesce(account.balance, 0)::integer      as balance,
       coalesce(account.owed, 0)::integer         as owed,
       coalesce(account.total_earned, 0)::integer as total_earned,
       coalesce(account.total_spent, 0)::integer  as total_spent
  from public.credits as account
 where account.user_id = any ($1)
 order by account.user_id
