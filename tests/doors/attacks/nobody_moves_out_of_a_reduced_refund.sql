-- Ann's session `soon` begins in a day and a half; of a cancellation half goes back.
begin;
do $$
declare
  away text := format('select public.reschedule_peer_booking(%L, (now() + interval ''40 days'')::date, ''10:00'')', doors.session('soon'));
begin
  call doors.becomes('Ann');
  call doors.refuses(away, 'RESCHEDULE_TOO_LATE');
  -- Nor by way of a time between, nor as somebody who is not there.
  call doors.refuses(replace(away, '40 days', '2 days'), 'RESCHEDULE_TOO_LATE');
  perform set_config('request.jwt.claims', json_build_object('sub', doors.id('Ann'), 'role', 'service_role')::text, true);
  call doors.refuses(away, 'RESCHEDULE_TOO_LATE');
  call doors.becomes('Ann');
  call doors.leads_nowhere(format('update public.cancellation_policies set is_active = false where practitioner_id = %L and %L <> ''adopted''',
                                  doors.id('Ben'), doors.database()));
  -- One that has begun is not to be moved at all.
  call doors.refuses(replace(away, doors.session('soon')::text, doors.session('begun')::text), 'NOT_RESCHEDULABLE');
  -- Ben does not move the other one into the time in which she would lose half of it.
  call doors.becomes('Ben');
  call doors.refuses(format('select public.reschedule_peer_booking(%L, ((now() + interval ''40 hours'') at time zone ''Europe/London'')::date,
                               date_trunc(''minute'', (now() + interval ''40 hours'') at time zone ''Europe/London'')::time)',
                            doors.session('paid')), 'RESCHEDULE_TOO_LATE');
  call doors.becomes('owner');
  call doors.nothing_happened();
end $$;
rollback;
