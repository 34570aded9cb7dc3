-- $1 person, $2 first and $3 last day. The days are whole days where she lives.
select peer_exchange.account_credits(account.balance::bigint, account.user_id) as balance,
       peer_exchange.account_credits(account.held::bigint, account.user_id) as held,
       peer_exchange.account_credits(account.owed::bigint, account.user_id) as owed,
       peer_exchange.account_credits(account.total_earned::bigint, account.user_id) as total_earned,
       peer_exchange.account_credits(account.total_spent::bigint, account.user_id) as total_spent,
       peer_exchange.day_begins_at($2, hours.timezone)     as since,
       peer_exchange.day_begins_at($3 + 1, hours.timezone) as until
  from peer_exchange.hours_of($1) as hours
  left join public.credits as account on account.user_id = $1
 limit 1
