-- Two readers of the same claims must not see two people.
begin;
call doors.becomes('Ann');
do $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', doors.id('Cyd'), 'role', 'authenticated')::text, true);
  perform set_config('request.jwt.claim.sub', doors.id('Ann')::text, true);
  call doors.touches_nothing(format('update public.client_sessions set status = ''cancelled'' where id = %L', doors.session('paid')));
exception when insufficient_privilege then
  -- Refused by the function behind the trigger is as good.
end $$;
call doors.nothing_happened();
rollback;
