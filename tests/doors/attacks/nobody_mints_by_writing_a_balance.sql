begin;
call doors.becomes('Ann');
call doors.fails('update public.credits set balance = balance + 1000');
call doors.fails('update public.credits set balance = 1000000');
call doors.fails('update public.credits set owed = 0, total_earned = 9');
call doors.fails(format('insert into public.credits (user_id, balance) values (%L, 5)', doors.id('Ann')));
call doors.fails(format('insert into public.credits (user_id, balance) values (%L, 5) '
                        'on conflict (user_id) do update set balance = 5', doors.id('Ann')));
call doors.fails('delete from public.credits');
call doors.fails('truncate public.credits');

-- The twin column of an older generation is no way around.
do $$
begin
  if doors.database() = 'adopted' then
    call doors.fails('update public.credits set current_balance = current_balance + 1000');
  end if;
end $$;
call doors.nothing_happened();
rollback;
