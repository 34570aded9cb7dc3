-- $1 person, $2 first and $3 last day. The days are whole days where she lives.
select coalesce(account.balance, 0)::integer      as balance,
       coalesce(account.held, 0)::integer         as held,
       coalesce(account.owed, 0)::integer         as owed,
       coalesce(account.total_earned, 0)::integer as total_earned,
       coalesce(account.total_spent, 0)::integer  as total_spent,
       peer_exchange.day_begins_at($2, hours.timezone)     as since,
       peer_exchange.day_begins_at($3 + 1, hours.timezone) as until
  from peer_exchange.hours_of($1) as hours
  left join public.credits as account on account.user_id = $1
 limit 1
