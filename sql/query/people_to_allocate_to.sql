-- $1 people, NULL for every active practitioner, $2 roles of practitioners, $3 idempotency key of the period, $4 how
-- many at most. Those who have nothing for the period yet, kept from being deleted. In the order of their ids.
select person.id
  from public.users as person
 where case when $1 is null then person.is_active and person.user_role::text = any ($2)
            else person.id = any ($1)
       end
   and not exists (select from public.credit_transactions as entry
                    where entry.user_id = person.id
                      and entry.idempotency_key = $3)
 order by person.id
 limit $4
   for key share of person
