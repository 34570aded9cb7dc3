-- occupied_during follows from the session, whatever somebody writes into it.
begin;
call doors.becomes('Ben');
update public.client_sessions set occupied_during = tstzrange(now() - interval '2 hours', now()) where id = doors.session('paid');
call doors.fails(format('update public.client_sessions set status = ''completed'' where id = %L', doors.session('paid')), '23514');
update public.client_sessions set occupied_during = null where id = doors.session('paid');
call doors.fails(format('update public.client_sessions set status = ''completed'' where id = %L', doors.session('paid')), '23514');
call doors.nothing_happened();
rollback;
