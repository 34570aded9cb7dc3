begin;
call doors.becomes('service_role');
call doors.fails(format('select peer_exchange.grant_credits(%L, 0, ''Gift'')', doors.id('Ann')), '22023');
call doors.fails(format('select peer_exchange.grant_credits(%L, -5, ''Gift'')', doors.id('Ann')), '22023');
call doors.fails(format('select peer_exchange.grant_credits(%L, -2147483648, ''Gift'')', doors.id('Ann')), '22023');
call doors.fails(format('select peer_exchange.grant_credits(%L, 2147483647, ''Gift'')', doors.id('Ann')), '22003');
call doors.fails(format('select peer_exchange.grant_credits(%L, null, ''Gift'')', doors.id('Ann')), '22004');
call doors.fails('select peer_exchange.grant_credits(null, 5, ''Gift'')', '22004');
call doors.fails(format('select peer_exchange.grant_credits(%L, 5, ''Gift'')', doors.id('Nobody')), 'P0002');
call doors.nothing_happened();

-- Nor does a booking fill a purse beyond what it holds.
do $$
begin
  perform peer_exchange.grant_credits(doors.id('Ben'), 2147483647 - doors.balance('Ben'), 'As much as there can be');
end $$;
call doors.becomes('Ann');
call doors.fails(doors.booking('Ann', 'Ben'), '22003');
call doors.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                        doors.id('Ann'), doors.id('Ben'), doors.session('unpaid')), '22003');
do $$
begin
  assert doors.balance('Ann') = 1000 - 3 * 60 and doors.balance('Ben') = 2147483647;
end $$;
rollback;
