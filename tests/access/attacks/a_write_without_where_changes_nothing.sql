-- Row-level security filters what is read; a write without WHERE needs a guard of its own.
begin;
call access.becomes('Cyd');
call access.leads_nowhere('update public.client_sessions set status = ''cancelled''');
call access.leads_nowhere('update public.client_sessions set credit_cost = 1');
call access.leads_nowhere('delete from public.client_sessions');
call access.leads_nowhere('update public.notifications set read_at = now()');
call access.leads_nowhere('delete from public.notifications');
-- An application may let people change their own profile.
call access.leads_nowhere(case access.database() when 'settling' then format('update public.users set is_active = false where id <> %L', access.id('Cyd'))
                                                  else 'update public.users set is_active = false' end);
call access.leads_nowhere('delete from public.users');
call access.becomes('anon');
call access.leads_nowhere('update public.credits set balance = 1');
call access.leads_nowhere('delete from public.users');
call access.nothing_happened();
rollback;
