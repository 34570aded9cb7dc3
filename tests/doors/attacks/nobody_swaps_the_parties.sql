begin;
call doors.becomes('Ben');
call doors.fails('update public.client_sessions set therapist_id = client_id, client_id = therapist_id', '23514');
call doors.fails(format('update public.client_sessions set client_id = %L', doors.id('Ben')), '23514');
call doors.fails('update public.client_sessions set client_id = null', '23514');
call doors.becomes('Ann');
call doors.fails(format('update public.client_sessions set therapist_id = %L', doors.id('Ann')), '23514');
call doors.fails('update public.client_sessions set therapist_id = null', '23514');
call doors.fails('update public.client_sessions set id = gen_random_uuid()', '23514');
-- Somebody else's sessions are not even seen.
call doors.becomes('Cyd');
call doors.touches_nothing(format('update public.client_sessions set client_id = %L', doors.id('Cyd')));
call doors.touches_nothing('delete from public.client_sessions');
call doors.nothing_happened();
rollback;
