begin;
call access.becomes('Ben');
call access.fails('update public.client_sessions set therapist_id = client_id, client_id = therapist_id', '23514');
call access.fails(format('update public.client_sessions set client_id = %L', access.id('Ben')), '23514');
call access.fails('update public.client_sessions set client_id = null', '23514');
call access.becomes('Ann');
call access.fails(format('update public.client_sessions set therapist_id = %L', access.id('Ann')), '23514');
call access.fails('update public.client_sessions set therapist_id = null', '23514');
call access.fails('update public.client_sessions set id = gen_random_uuid()', '23514');
-- Somebody else's sessions are not even seen.
call access.becomes('Cyd');
call access.touches_nothing(format('update public.client_sessions set client_id = %L', access.id('Cyd')));
call access.touches_nothing('delete from public.client_sessions');
call access.nothing_happened();
rollback;
