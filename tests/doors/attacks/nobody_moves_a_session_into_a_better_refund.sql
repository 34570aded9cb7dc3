begin;
call doors.becomes('Ann');
call doors.fails(format('update public.client_sessions set session_date = session_date + 10 where id = %L', doors.session('soon')), '23514');
call doors.fails(format('update public.client_sessions set start_time = start_time + interval ''1 minute'' where id = %L', doors.session('soon')), '23514');
call doors.fails(format('update public.client_sessions set session_date = session_date + 10, status = ''cancelled'' where id = %L',
                        doors.session('soon')), '23514');
-- Nor does she say that Ben cancelled, to get all of it back.
do $$
begin
  update public.client_sessions set status = 'cancelled', cancelled_by = doors.id('Ben') where id = doors.session('soon');
  assert doors.balance('Ann') = 1000 - 3 * 60 + 30, format('Ann has %s', doors.balance('Ann'));
end $$;
call doors.becomes('owner');
call doors.books_balance();
rollback;
