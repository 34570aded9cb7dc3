-- Two readers of the same claims must not see two people.
begin;
call access.becomes('Ann');
do $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', access.id('Cyd'), 'role', 'authenticated')::text, true);
  perform set_config('request.jwt.claim.sub', access.id('Ann')::text, true);
  call access.touches_nothing(format('update public.client_sessions set status = ''cancelled'' where id = %L', access.session('paid')));
exception when insufficient_privilege then
  -- Refused by the function behind the trigger is as good.
end $$;
call access.nothing_happened();
rollback;
