-- $1 people who have no balance row yet.
insert into public.credits (user_id, balance, owed, total_earned, total_spent)
select person_id, 0, 0, 0, 0
  from unnest($1) as person_id
 order by person_id
    on conflict do nothing
