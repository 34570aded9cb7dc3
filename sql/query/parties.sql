-- $1 session. The ids of its two parties, as an array.
array(select unnest(array[session.therapist_id, session.client_id])
        from public.client_sessions as session
       where session.id = $1)
