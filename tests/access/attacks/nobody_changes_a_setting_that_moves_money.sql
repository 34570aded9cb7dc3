-- Before the library is loaded Postgres knows none of its settings and lets everybody write one down;
-- what a person wrote down must be forgotten when it is loaded.
set role authenticated;
set client_min_messages = error;
set peer_exchange.credits_per_minute = 0;
set peer_exchange.max_duration_minutes = 1;
set peer_exchange.practitioner_roles = 'nobody';
set peer_exchange.own_write = on;
do $$
begin
  assert public.get_practitioner_credit_cost(access.id('Ben'), 60) = 60;
end $$;
reset role;

begin;
call access.becomes('Ann');
do $$
declare
  setting text;
begin
  assert (select count(*) from pg_settings where name like 'peer\_exchange.%') >= 7;
  for setting in select name from pg_settings where name like 'peer\_exchange.%' loop
    call access.fails(format('set local %s = ''1''', setting));
    call access.fails(format('select set_config(%L, ''1'', true)', setting));
    call access.fails(format('alter role authenticated set %s = ''1''', setting));
  end loop;
  call access.fails('set local peer_exchange.own_write = on', '42602');
end $$;
call access.becomes('service_role');
call access.fails('set local peer_exchange.credits_per_minute = 0');
call access.nothing_happened();
rollback;
