begin;
call access.becomes('service_role');
call access.fails(format('select peer_exchange.grant_credits(%L, 0, ''Gift'')', access.id('Ann')), '22023');
call access.fails(format('select peer_exchange.grant_credits(%L, -5, ''Gift'')', access.id('Ann')), '22023');
call access.fails(format('select peer_exchange.grant_credits(%L, -2147483648, ''Gift'')', access.id('Ann')), '22023');
call access.fails(format('select peer_exchange.grant_credits(%L, 2147483647, ''Gift'')', access.id('Ann')), '22003');
call access.fails(format('select peer_exchange.grant_credits(%L, null, ''Gift'')', access.id('Ann')), '22004');
call access.fails('select peer_exchange.grant_credits(null, 5, ''Gift'')', '22004');
call access.fails(format('select peer_exchange.grant_credits(%L, 5, ''Gift'')', access.id('Nobody')), '22023');
call access.nothing_happened();

-- Nor does a booking raise a balance beyond its range.
do $$
begin
  perform peer_exchange.grant_credits(access.id('Ben'), 2147483647 - access.balance('Ben'), 'As much as there can be');
end $$;
call access.becomes('Ann');
call access.fails(access.booking('Ann', 'Ben'), '22003');
call access.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        access.id('Ann'), access.id('Ben'), access.session('unpaid')), '22003');
do $$
begin
  assert access.balance('Ann') = 1000 - 3 * 60 and access.balance('Ben') = 2147483647;
end $$;
rollback;
