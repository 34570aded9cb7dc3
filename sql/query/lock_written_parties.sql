-- $1 people, in the order of their ids.
select person.id
  from public.users as person
 where person.id = any ($1)
 order by person.id
   for no key update
