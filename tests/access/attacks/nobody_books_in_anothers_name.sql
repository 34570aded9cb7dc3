begin;
call access.becomes('Ben');
call access.fails(access.booking('Ann', 'Ben'));
call access.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        access.id('Ann'), access.id('Ben'), access.session('unpaid')));
-- Nor by a session that he inserts himself, with her as the client.
call access.fails(format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, ''Ann Doe'', (now() + interval ''40 days'')::date, ''10:00'', 60, true)', access.id('Ann'), access.id('Ben')));
call access.fails(format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (null, %L, ''Ann Doe'', (now() + interval ''40 days'')::date, ''10:00'', 60, true)', access.id('Ben')));
-- Nor does a third person pay for it, with her credits or with her own.
call access.becomes('Cyd');
call access.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        access.id('Ann'), access.id('Ben'), access.session('unpaid')));
call access.refuses(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                          access.id('Cyd'), access.id('Ben'), access.session('unpaid')), 'PARTICIPANT_MISMATCH');
call access.becomes('anon');
call access.fails(access.booking('Ann', 'Ben'));
call access.becomes('login');
call access.fails(access.booking('Ann', 'Ben'));
call access.nothing_happened();
rollback;
