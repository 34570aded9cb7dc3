-- $1 people. To be told, not to be decided on: nothing is locked.
select account.user_id,
       peer_exchange.whole_credits(account.balance::bigint) as balance
  from public.credits as account
 where account.user_id = any ($1)
