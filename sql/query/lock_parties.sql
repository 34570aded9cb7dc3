-- $1 people. Locks first them and then their balances, each in the order of ids; both are as they are once locked.
with person as materialized (
  select person.id,
         person.first_name::text as first_name,
         person.last_name::text  as last_name,
         person.email::text      as email,
         person.user_role::text  as user_role,
         coalesce(person.is_active, false) as is_active
    from public.users as person
   where person.id = any ($1)
   order by person.id
     for no key update
), account as materialized (
  select account.user_id,
         coalesce(account.balance, 0)::integer      as balance,
         coalesce(account.owed, 0)::integer         as owed,
         coalesce(account.total_earned, 0)::integer as total_earned,
         coalesce(account.total_spent, 0)::integer  as total_spent
    from public.credits as account
   where account.user_id = any ($1)
     -- Asked before the first balance is looked at.
     and (select count(*) from person) > 0
   order by account.user_id
     for no key update
)
select person.*, account.user_id, account.balance, account.owed, account.total_earned, account.total_spent
  from person
  left join account on account.user_id = person.id
