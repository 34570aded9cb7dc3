begin;
call doors.becomes('Ben');
call doors.fails(format('update public.client_sessions set status = ''completed'' where id = %L', doors.session('paid')), '23514');
call doors.fails(format('update public.client_sessions set status = ''in_progress'' where id = %L', doors.session('paid')), '23514');
call doors.fails(format('update public.client_sessions set status = ''no_show'' where id = %L', doors.session('paid')), '23514');
-- Nor by pretending that it has begun.
call doors.fails(format('update public.client_sessions set status = ''completed'', session_date = current_date - 1 where id = %L',
                        doors.session('paid')), '23514');
call doors.fails(format('update public.client_sessions set status = ''completed'', occupied_during = tstzrange(now() - interval ''2 hours'', now()) where id = %L',
                        doors.session('paid')), '23514');
call doors.nothing_happened();
rollback;
