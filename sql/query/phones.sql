-- $1 people. How to call them, in columns that an application may have. A column that it lacks is found one level further
-- out, as NULL.
select person.id,
       (select (select coalesce(nullif(btrim(phone::text), ''), nullif(btrim(phone_number::text), ''))
                  from (select person.*) as row_of_person)
          from (values (null, null)) as lacking (phone, phone_number)) as phone
  from public.users as person
 where person.id = any ($1)
