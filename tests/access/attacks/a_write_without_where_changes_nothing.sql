-- Row-level security filters what is read; a write without WHERE needs a guard of its own.
begin;
call access.becomes('Cyd');
call access.leads_nowhere('update public.client_sessions set status = ''cancelled''');
call access.leads_nowhere('update public.client_sessions set credit_cost = 1');
call access.leads_nowhere('delete from public.client_sessions');
call access.leads_nowhere('update public.notifications set read_at = now()');
call access.leads_nowhere('delete from public.notifications');
call access.leads_nowhere('update public.users set is_active = false');
call access.leads_nowhere('delete from public.users');
call access.becomes('anon');
call access.leads_nowhere('update public.credits set balance = 1');
call access.leads_nowhere('delete from public.users');
call access.nothing_happened();
rollback;
