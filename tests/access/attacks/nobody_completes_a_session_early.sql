begin;
call access.becomes('Ben');
call access.fails(format('update public.client_sessions set status = ''completed'' where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set status = ''in_progress'' where id = %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set status = ''no_show'' where id = %L', access.session('paid')), '23514');
-- Nor by pretending that it has begun.
call access.fails(format('update public.client_sessions set status = ''completed'', session_date = current_date - 1 where id = %L',
                        access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set status = ''completed'', occupied_during = tstzrange(now() - interval ''2 hours'', now()) where id = %L',
                        access.session('paid')), '23514');
call access.nothing_happened();
rollback;
