begin;
select array_agg(id) as of_ann from public.notifications where recipient_id = access.id('Ann') \gset
select set_config('access.of_ann', :'of_ann', true);
do $$
declare
  of_ann text := current_setting('access.of_ann');
begin
  call access.becomes('Cyd');
  assert public.mark_notifications_read(of_ann::uuid[]) = 0, 'Cyd marked what Ann was told';
  assert peer_exchange.mark_notifications_read(of_ann::uuid[]) = 0, 'Cyd marked what Ann was told';
  -- Her token says who she is, whatever it says besides.
  perform set_config('request.jwt.claims',
                     json_build_object('sub', access.id('Cyd'), 'role', 'service_role', 'recipient_id', access.id('Ann'))::text, true);
  assert public.mark_notifications_read(of_ann::uuid[]) = 0, 'Cyd marked what Ann was told';
  call access.becomes('anon');
  call access.fails(format('select public.mark_notifications_read(%L)', of_ann));
  call access.fails(format('select peer_exchange.mark_notifications_read(%L)', of_ann));
  -- Not even the service, which has read nothing.
  call access.becomes('service_role');
  call access.fails(format('select public.mark_notifications_read(%L)', of_ann));
  call access.nothing_happened();
end $$;
rollback;
