begin;
do $$
declare
  call text := 'select %s.reschedule_peer_booking(%L, (now() + interval ''40 days'')::date, ''10:00'', %L)';
begin
  call access.becomes('Ann');
  assert (public.reschedule_peer_booking(access.session('paid'), (now() + interval '41 days')::date, '10:00', 'key of Ann') ->> 'success')::boolean;
  call access.becomes('owner');
  perform set_config('access.world', access.world(), true);

  call access.becomes('Cyd');
  call access.fails(format(call, 'public', access.session('paid'), null));
  call access.fails(format(call, 'peer_exchange', access.session('paid'), null));
  -- Not even to learn what Ann was answered under her key.
  call access.fails(format(call, 'public', access.session('paid'), 'key of Ann'));
  call access.fails(format(call, 'public', access.session('unpaid'), null));
  call access.refuses(format(call, 'public', access.id('Nobody'), null), 'SESSION_NOT_FOUND');
  perform set_config('request.jwt.claims', json_build_object('sub', access.id('Cyd'), 'role', 'service_role')::text, true);
  call access.fails(format(call, 'public', access.session('paid'), null));
  call access.becomes('anon');
  call access.fails(format(call, 'public', access.session('paid'), null));
  -- Ben is a party, but Ann's key is hers.
  call access.becomes('Ben');
  call access.refuses(format(call, 'public', access.session('paid'), 'key of Ann'), 'IDEMPOTENCY_KEY_REUSED');
  -- What the extension keeps of moves is nobody's to read or write.
  call access.fails('select * from peer_exchange.session_moves');
  call access.fails(format('insert into peer_exchange.session_moves (id, session_id) values (%L, %L)', access.id('Ben'), access.session('paid')));
  call access.fails('update peer_exchange.session_moves set moved_by = null');
  call access.fails('delete from peer_exchange.session_moves');
  call access.becomes('owner');
  assert access.world() = current_setting('access.world'), 'something was written';
end $$;
rollback;
