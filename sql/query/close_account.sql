-- $1 a person who leaves, whose balance has been brought to zero.
delete from public.credits where user_id = $1
