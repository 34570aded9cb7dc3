begin;
create temporary table forged (claims text) on commit drop;
insert into forged values
  ('{}'), ('{"role": "authenticated"}'), ('{"sub": null}'), ('{"sub": ""}'), ('{"sub": "Ann"}'),
  ('{"sub": 1}'), ('{"sub": ["d0000000-0000-4000-8000-000000000001"]}'), ('{"sub": {"id": 1}}'),
  ('not JSON'), ('"d0000000-0000-4000-8000-000000000001"'), ('[]'), ('null'), ('{"sub": "d0000000-0000-4000-8000-00000000000'),
  ('{"sub": "d0000000-0000-4000-8000-000000000001 or true"}'), (' '), ('["d0000000-0000-4000-8000-000000000001", "authenticated"]'), ('{"role": "service_role"}'), ('{"role": "postgres"}');
grant select on forged to public;
call doors.becomes('Ann');
do $$
declare
  attempt record;
begin
  for attempt in select claims from forged loop
    perform set_config('request.jwt.claims', attempt.claims, true);
    call doors.fails(doors.booking('Ann', 'Ben'));
    call doors.fails(format('select public.process_peer_booking_refund(%L)', doors.session('paid')));
    call doors.fails(format('select public.process_peer_booking_credits(%L, %L, %L, 60)',
                            doors.id('Ann'), doors.id('Ben'), doors.session('unpaid')));
  end loop;
end $$;

-- Without any claims at all there is nobody either.
do $$
begin
  perform set_config('request.jwt.claims', '', true);
  call doors.fails(doors.booking('Ann', 'Ben'));
end $$;
call doors.nothing_happened();

-- The older setting does not add to today's.
do $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', doors.id('Cyd'), 'role', 'authenticated')::text, true);
  perform set_config('request.jwt.claim.sub', doors.id('Ann')::text, true);
  perform set_config('request.jwt.claim.role', 'service_role', true);
  call doors.fails(doors.booking('Ann', 'Ben'));
  call doors.fails(format('select public.process_peer_booking_refund(%L)', doors.session('paid')));
end $$;
call doors.nothing_happened();
rollback;
