-- People and their balances, locked in two expressions before this. Both are as they are once locked.
select person.*, account.user_id, account.balance, account.held, account.owed, account.total_earned, account.total_spent
  from person
  left join account on account.user_id = person.id
