select account.user_id,
       account.balance::bigint,
       account.held::bigint,
       account.owed::bigint,
       account.total_earned::bigint,
       account.total_spent::bigint
  from public.credits as account
