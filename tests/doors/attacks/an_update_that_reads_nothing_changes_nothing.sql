-- Row-level security filters what is read; a write without WHERE needs a door of its own.
begin;
call doors.becomes('Cyd');
call doors.leads_nowhere('update public.client_sessions set status = ''cancelled''');
call doors.leads_nowhere('update public.client_sessions set credit_cost = 1');
call doors.leads_nowhere('delete from public.client_sessions');
call doors.leads_nowhere('update public.notifications set read_at = now()');
call doors.leads_nowhere('delete from public.notifications');
call doors.leads_nowhere('update public.users set is_active = false');
call doors.leads_nowhere('delete from public.users');
call doors.becomes('anon');
call doors.leads_nowhere('update public.credits set balance = 1');
call doors.leads_nowhere('delete from public.users');
call doors.nothing_happened();
rollback;
