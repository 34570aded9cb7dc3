-- $1 session. Against deletion, before the session is locked: foreign keys of what a refund writes
-- would otherwise wait for a deletion that waits for the session.
select person.id
  from public.users as person
 where person.id in (select unnest(array[session.therapist_id, session.client_id])
                       from public.client_sessions as session
                      where session.id = $1)
 order by person.id
   for key share
