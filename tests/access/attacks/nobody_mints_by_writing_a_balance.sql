begin;
call access.becomes('Ann');
call access.fails('update public.credits set balance = balance + 1000');
call access.fails('update public.credits set balance = 1000000');
call access.fails('update public.credits set owed = 0, total_earned = 9');
call access.fails(format('insert into public.credits (user_id, balance) values (%L, 5)', access.id('Ann')));
call access.fails(format('insert into public.credits (user_id, balance) values (%L, 5) '
                        'on conflict (user_id) do update set balance = 5', access.id('Ann')));
call access.fails('delete from public.credits');
call access.fails('truncate public.credits');

-- The twin column of an older generation is no way around.
do $$
begin
  if access.database() = 'adopted' then
    call access.fails('update public.credits set current_balance = current_balance + 1000');
  end if;
end $$;
call access.nothing_happened();
rollback;
