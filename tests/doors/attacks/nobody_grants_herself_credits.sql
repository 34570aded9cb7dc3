begin;
call doors.becomes('Ann');
call doors.fails(format('select peer_exchange.grant_credits(%L, 1000, ''Gift'')', doors.id('Ann')));

-- Claims are only a setting, and who is signed in may set it: the role of the database counts.
set local request.jwt.claims = '{"role": "service_role"}';
call doors.fails(format('select peer_exchange.grant_credits(%L, 1000, ''Gift'')', doors.id('Ann')));
call doors.fails('select peer_exchange.cancel_orphaned_sessions(''0 minutes'')');
call doors.fails('select * from peer_exchange.verify_ledger()');
call doors.fails('select peer_exchange.setup()');
call doors.fails(doors.booking('Ben', 'Eve'));
call doors.fails(format('select public.process_peer_booking_refund(%L)', doors.session('strange')));
call doors.nothing_happened();
rollback;
