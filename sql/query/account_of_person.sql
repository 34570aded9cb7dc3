-- $1 person, $2 first and $3 last day, $4 default time zone. The days are whole days where she lives.
select coalesce(account.balance, 0)::integer      as balance,
       coalesce(account.owed, 0)::integer         as owed,
       coalesce(account.total_earned, 0)::integer as total_earned,
       coalesce(account.total_spent, 0)::integer  as total_spent,
       $2::timestamp at time zone zone.name       as since,
       ($3 + 1)::timestamp at time zone zone.name as until
  from (select coalesce((select nullif(btrim(published.timezone::text), '')
                           from public.practitioner_availability as published
                          where published.user_id = $1
                          limit 1), $4) as name) as zone
  left join public.credits as account on account.user_id = $1
 limit 1
