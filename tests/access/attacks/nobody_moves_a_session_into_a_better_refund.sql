begin;
call access.becomes('Ann');
call access.fails(format('update public.client_sessions set session_date = session_date + 10 where id = %L', access.session('soon')), '23514');
call access.fails(format('update public.client_sessions set start_time = start_time + interval ''1 minute'' where id = %L', access.session('soon')), '23514');
call access.fails(format('update public.client_sessions set session_date = session_date + 10, status = ''cancelled'' where id = %L',
                        access.session('soon')), '23514');
-- Nor does she say that Ben cancelled, to get all of it back.
do $$
begin
  update public.client_sessions set status = 'cancelled', cancelled_by = access.id('Ben') where id = access.session('soon');
  assert access.balance('Ann') = 1000 - 3 * 60 + 30, format('Ann has %s', access.balance('Ann'));
end $$;
call access.becomes('owner');
call access.books_balance();
rollback;
