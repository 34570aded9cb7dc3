begin;
do $$
declare
  call text := 'select %s.reschedule_peer_booking(%L, (now() + interval ''40 days'')::date, ''10:00'', %L)';
begin
  call doors.becomes('Ann');
  assert (public.reschedule_peer_booking(doors.session('paid'), (now() + interval '41 days')::date, '10:00', 'key of Ann') ->> 'success')::boolean;
  call doors.becomes('owner');
  perform set_config('doors.world', doors.world(), true);

  call doors.becomes('Cyd');
  call doors.fails(format(call, 'public', doors.session('paid'), null));
  call doors.fails(format(call, 'peer_exchange', doors.session('paid'), null));
  -- Not even to learn what Ann was answered under her key.
  call doors.fails(format(call, 'public', doors.session('paid'), 'key of Ann'));
  call doors.fails(format(call, 'public', doors.session('unpaid'), null));
  call doors.refuses(format(call, 'public', doors.id('Nobody'), null), 'SESSION_NOT_FOUND');
  perform set_config('request.jwt.claims', json_build_object('sub', doors.id('Cyd'), 'role', 'service_role')::text, true);
  call doors.fails(format(call, 'public', doors.session('paid'), null));
  call doors.becomes('anon');
  call doors.fails(format(call, 'public', doors.session('paid'), null));
  -- Ben is a party, but Ann's key is hers.
  call doors.becomes('Ben');
  call doors.refuses(format(call, 'public', doors.session('paid'), 'key of Ann'), 'IDEMPOTENCY_KEY_REUSED');
  -- What the extension keeps of moves is nobody's to read or write.
  call doors.fails('select * from peer_exchange.session_moves');
  call doors.fails(format('insert into peer_exchange.session_moves (id, session_id) values (%L, %L)', doors.id('Ben'), doors.session('paid')));
  call doors.fails('update peer_exchange.session_moves set moved_by = null');
  call doors.fails('delete from peer_exchange.session_moves');
  call doors.becomes('owner');
  assert doors.world() = current_setting('doors.world'), 'something was written';
end $$;
rollback;
