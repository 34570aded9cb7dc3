select account.user_id,
       coalesce(account.balance, 0)::integer      as balance,
       coalesce(account.held, 0)::integer         as held,
       coalesce(account.owed, 0)::integer         as owed,
       coalesce(account.total_earned, 0)::integer as total_earned,
       coalesce(account.total_spent, 0)::integer  as total_spent
  from public.credits as account
