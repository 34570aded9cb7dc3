begin;
call access.becomes('Ann');
call access.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Doe'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set credit_cost = 1000', access.session('paid'), access.id('Ann'), access.id('Ben')), '23514');
call access.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Doe'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set session_date = excluded.session_date', access.session('soon'), access.id('Ann'), access.id('Ben')), '23514');
-- Nor anything of a stranger's.
call access.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Doe'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set notes = ''Seen''', access.session('strange'), access.id('Ann'), access.id('Ben')));
call access.nothing_happened();

-- What an update may change, an upsert may, too: clients send whole rows.
insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
values (access.session('paid'), access.id('Ann'), access.id('Ben'), 'Ann Doe', (now() + interval '43 days')::date, '10:00', 60, true)
    on conflict (id) do update set notes = 'My shoulder';
do $$
begin
  assert (select notes = 'My shoulder' and status = 'scheduled' from public.client_sessions where id = access.session('paid'));
end $$;
rollback;
