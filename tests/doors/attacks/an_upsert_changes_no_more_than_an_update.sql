begin;
call doors.becomes('Ann');
call doors.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Door'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set credit_cost = 1000', doors.session('paid'), doors.id('Ann'), doors.id('Ben')), '23514');
call doors.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Door'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set session_date = excluded.session_date', doors.session('soon'), doors.id('Ann'), doors.id('Ben')), '23514');
-- Nor anything of a stranger's.
call doors.fails(format('insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, %L, ''Ann Door'', (now() + interval ''43 days'')::date, ''10:00'', 60, true) '
                        'on conflict (id) do update set notes = ''Seen''', doors.session('strange'), doors.id('Ann'), doors.id('Ben')));
call doors.nothing_happened();

-- What an update may change, an upsert may, too: clients send whole rows.
insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
values (doors.session('paid'), doors.id('Ann'), doors.id('Ben'), 'Ann Door', (now() + interval '43 days')::date, '10:00', 60, true)
    on conflict (id) do update set notes = 'My shoulder';
do $$
begin
  assert (select notes = 'My shoulder' and status = 'scheduled' from public.client_sessions where id = doors.session('paid'));
end $$;
rollback;
