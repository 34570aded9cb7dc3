-- occupied_during follows from the session, whatever somebody writes into it.
begin;
call access.becomes('Ben');
update public.client_sessions set occupied_during = tstzrange(now() - interval '2 hours', now()) where id = access.session('paid');
call access.fails(format('update public.client_sessions set status = ''completed'' where id = %L', access.session('paid')), '23514');
update public.client_sessions set occupied_during = null where id = access.session('paid');
call access.fails(format('update public.client_sessions set status = ''completed'' where id = %L', access.session('paid')), '23514');
call access.nothing_happened();
rollback;
