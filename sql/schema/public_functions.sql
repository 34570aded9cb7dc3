-- The wrappers in public. What the application has under such a name and with such arguments stays where it is: setup() moves it and makes ours.
create function peer_exchange.make_wrappers_without_conflict() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.make_wrapper(ours.id)
    from peer_exchange.wrapped_functions() as ours
    join pg_proc as wrapped on wrapped.oid = ours.id
   where not exists (select from pg_proc as present
                      where present.pronamespace = 'public'::regnamespace
                        and present.proname = wrapped.proname
                        and present.proargtypes = wrapped.proargtypes)
$$;

select peer_exchange.make_wrappers_without_conflict();
drop function peer_exchange.make_wrappers_without_conflict();
