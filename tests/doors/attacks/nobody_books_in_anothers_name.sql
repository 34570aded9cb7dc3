begin;
call doors.becomes('Ben');
call doors.fails(doors.booking('Ann', 'Ben'));
call doors.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        doors.id('Ann'), doors.id('Ben'), doors.session('unpaid')));
-- Nor by a session that he inserts himself, with her as the client.
call doors.fails(format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (%L, %L, ''Ann Door'', (now() + interval ''40 days'')::date, ''10:00'', 60, true)', doors.id('Ann'), doors.id('Ben')));
call doors.fails(format('insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking) '
                        'values (null, %L, ''Ann Door'', (now() + interval ''40 days'')::date, ''10:00'', 60, true)', doors.id('Ben')));
-- Nor does a third person pay for it, with her credits or with her own.
call doors.becomes('Cyd');
call doors.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        doors.id('Ann'), doors.id('Ben'), doors.session('unpaid')));
call doors.refuses(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                          doors.id('Cyd'), doors.id('Ben'), doors.session('unpaid')), 'PARTICIPANT_MISMATCH');
call doors.becomes('anon');
call doors.fails(doors.booking('Ann', 'Ben'));
call doors.becomes('login');
call doors.fails(doors.booking('Ann', 'Ben'));
call doors.nothing_happened();
rollback;
