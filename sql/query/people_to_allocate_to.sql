-- $1 people, NULL for every active practitioner, $2 roles of practitioners, $3 idempotency key of the period, $4 how
-- many at most, $5 how many credits each is to get, NULL where people are named. Those who have nothing for the period yet,
-- kept from being deleted. In the order of their ids, from $6 on. Of everybody, those whose account has no room for so many
-- are left out: $7 up to where credits are given.
select person.id
  from public.users as person
 where case when $1 is null then person.is_active and person.user_role::text = any ($2)
            else person.id = any ($1)
       end
   and person.id >= $6
   and not exists (select from public.credit_transactions as entry
                    where entry.user_id = person.id
                      and entry.idempotency_key = $3)
   and ($5 is null
        or not exists (select from public.credits as account
                        where account.user_id = person.id
                          and (greatest(coalesce(account.balance, 0)::numeric + coalesce(account.held, 0)
                                          + greatest(account.total_spent, 0),
                                        coalesce(account.owed, 0)::numeric + greatest(account.total_earned, 0))
                                 > $7 - $5
                               or greatest(account.balance, account.total_earned) > $7 - $5
                               or greatest(account.held, account.owed) > $7
                               or least(account.balance, account.held, account.owed) < -$7 - 1)))
 order by person.id
 limit $4
   for key share of person
