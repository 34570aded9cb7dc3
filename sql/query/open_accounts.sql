-- $1 people who have no balance row yet. Where ON CONFLICT can't be asked, somebody else who opens one meanwhile makes
-- this a fault.
insert into public.credits (user_id, balance, held, owed, total_earned, total_spent)
select person.id, 0, 0, 0, 0, 0
  from unnest($1) as person (id)
 where not exists (select from public.credits as account where account.user_id = person.id)
 order by person.id
