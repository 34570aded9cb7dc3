-- The mark that tells our own writes apart must go with every error, or the guards would sleep.
begin;
call doors.becomes('Ann');
call doors.refuses(format('select public.process_peer_booking_refund(%L)', doors.session('begun')), 'NOT_CANCELLABLE');
call doors.fails(format('select public.process_peer_booking_refund(%L)', doors.session('strange')));
call doors.fails(format('select public.create_peer_booking(%L, %L, (now() + interval ''40 days'')::date, ''24:00'', 60, ''massage'')',
                        doors.id('Ann'), doors.id('Ben')), '22023');
call doors.fails('select public.get_practitioner_credit_cost(null, null)', '22004');
call doors.fails('update public.client_sessions set credit_cost = 1000', '23514');
call doors.fails('update public.client_sessions set is_peer_booking = false', '23514');
call doors.nothing_happened();
rollback;
