-- The mark that tells our own writes apart must go with every error, or the guards would sleep.
begin;
call access.becomes('Ann');
call access.refuses(format('select public.process_peer_booking_refund(%L)', access.session('begun')), 'NOT_CANCELLABLE');
call access.fails(format('select public.process_peer_booking_refund(%L)', access.session('strange')));
call access.fails(format('select public.create_peer_booking(%L, %L, (now() + interval ''40 days'')::date, ''24:00'', 60, ''massage'')',
                        access.id('Ann'), access.id('Ben')), '22023');
call access.fails('select public.get_practitioner_credit_cost(null, null)', '22004');
call access.fails('update public.client_sessions set credit_cost = 1000', '23514');
call access.fails('update public.client_sessions set is_peer_booking = false', '23514');
call access.nothing_happened();
rollback;
