-- Ann's session `soon` begins in a day and a half; of a cancellation half goes back.
begin;
do $$
declare
  away text := format('select public.reschedule_peer_booking(%L, (now() + interval ''40 days'')::date, ''10:00'')', access.session('soon'));
begin
  call access.becomes('Ann');
  call access.refuses(away, 'RESCHEDULE_TOO_LATE');
  -- Nor by way of a time between, nor as somebody who is not there.
  call access.refuses(replace(away, '40 days', '2 days'), 'RESCHEDULE_TOO_LATE');
  perform set_config('request.jwt.claims', json_build_object('sub', access.id('Ann'), 'role', 'service_role')::text, true);
  call access.refuses(away, 'RESCHEDULE_TOO_LATE');
  call access.becomes('Ann');
  call access.leads_nowhere(format('update public.cancellation_policies set is_active = false where practitioner_id = %L and %L <> ''adopted''',
                                  access.id('Ben'), access.database()));
  -- One that has begun is not to be moved at all.
  call access.refuses(replace(away, access.session('soon')::text, access.session('begun')::text), 'NOT_RESCHEDULABLE');
  -- Ben does not move the other one into the time in which she would lose half of it.
  call access.becomes('Ben');
  call access.refuses(format('select public.reschedule_peer_booking(%L, ((now() + interval ''40 hours'') at time zone ''Europe/London'')::date,
                               date_trunc(''minute'', (now() + interval ''40 hours'') at time zone ''Europe/London'')::time)',
                            access.session('paid')), 'RESCHEDULE_TOO_LATE');
  call access.becomes('owner');
  call access.nothing_happened();
end $$;
rollback;
