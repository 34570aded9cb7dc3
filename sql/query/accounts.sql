select account.user_id,
       peer_exchange.account_credits(account.balance::bigint, account.user_id) as balance,
       peer_exchange.account_credits(account.held::bigint, account.user_id) as held,
       peer_exchange.account_credits(account.owed::bigint, account.user_id) as owed,
       peer_exchange.account_credits(account.total_earned::bigint, account.user_id) as total_earned,
       peer_exchange.account_credits(account.total_spent::bigint, account.user_id) as total_spent
  from public.credits as account
