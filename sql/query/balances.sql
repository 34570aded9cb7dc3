-- $1 people. To be told, not to be decided on: nothing is locked.
select account.user_id,
       coalesce(account.balance, 0)::bigint as balance
  from public.credits as account
 where account.user_id = any ($1)
