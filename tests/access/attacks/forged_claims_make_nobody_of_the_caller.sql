begin;
create temporary table forged (claims text) on commit drop;
insert into forged values
  ('{}'), ('{"role": "authenticated"}'), ('{"sub": null}'), ('{"sub": ""}'), ('{"sub": "Ann"}'),
  ('{"sub": 1}'), ('{"sub": ["d0000000-0000-4000-8000-000000000001"]}'), ('{"sub": {"id": 1}}'),
  ('not JSON'), ('"d0000000-0000-4000-8000-000000000001"'), ('[]'), ('null'), ('{"sub": "d0000000-0000-4000-8000-00000000000'),
  ('{"sub": "d0000000-0000-4000-8000-000000000001 or true"}'), (' '), ('["d0000000-0000-4000-8000-000000000001", "authenticated"]'), ('{"role": "service_role"}'), ('{"role": "postgres"}');
grant select on forged to public;
call access.becomes('Ann');
do $$
declare
  attempt record;
begin
  for attempt in select claims from forged loop
    perform set_config('request.jwt.claims', attempt.claims, true);
    call access.fails(access.booking('Ann', 'Ben'));
    call access.fails(format('select public.process_peer_booking_refund(%L)', access.session('paid')));
    call access.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                            access.id('Ann'), access.id('Ben'), access.session('unpaid')));
  end loop;
end $$;

-- Without any claims at all there is nobody either.
do $$
begin
  perform set_config('request.jwt.claims', '', true);
  call access.fails(access.booking('Ann', 'Ben'));
end $$;
call access.nothing_happened();

-- The older setting does not add to today's.
do $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', access.id('Cyd'), 'role', 'authenticated')::text, true);
  perform set_config('request.jwt.claim.sub', access.id('Ann')::text, true);
  perform set_config('request.jwt.claim.role', 'service_role', true);
  call access.fails(access.booking('Ann', 'Ben'));
  call access.fails(format('select public.process_peer_booking_refund(%L)', access.session('paid')));
end $$;
call access.nothing_happened();
rollback;
