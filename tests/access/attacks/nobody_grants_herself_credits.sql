begin;
call access.becomes('Ann');
call access.fails(format('select peer_exchange.grant_credits(%L, 1000, ''Gift'')', access.id('Ann')));

-- Claims are only a setting, and who is signed in may set it: the role of the database counts.
set local request.jwt.claims = '{"role": "service_role"}';
call access.fails(format('select peer_exchange.grant_credits(%L, 1000, ''Gift'')', access.id('Ann')));
call access.fails('select peer_exchange.cancel_orphaned_sessions(''0 minutes'')');
call access.fails('select peer_exchange.expire_requests()');
call access.fails('select * from peer_exchange.verify_ledger()');
call access.fails('select peer_exchange.setup()');
call access.fails(access.booking('Ben', 'Eve'));
call access.fails(format('select public.process_peer_booking_refund(%L)', access.session('strange')));
call access.nothing_happened();
rollback;
