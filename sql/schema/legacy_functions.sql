-- Functions of the application that bear the name of an RPC would stand beside ours, where PostgREST
-- can't choose between them. They are moved, never dropped, and so are still there to look at.
--
-- A function for its fixed search_path, and only for as long as it runs: the script itself runs on the
-- installer's, where somebody else's objects could stand before those of pg_catalog.
create function peer_exchange.move_older_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  older  record;
  place  text;
  number integer;
begin
  -- Postgres silences notices while it runs an extension's script; these are meant to be read.
  perform set_config('client_min_messages', 'notice', true);
  for older in
    select routine.oid, routine.proname as name, oidvectortypes(routine.proargtypes) as arguments
      from pg_proc as routine
     where routine.pronamespace = 'public'::regnamespace
       and routine.proname in (select ours.name from peer_exchange.functions() as ours where ours.is_in_public)
       -- Our own are there already when the extension is updated.
       and not exists (select from pg_depend
                        where classid = 'pg_proc'::regclass and objid = routine.oid and deptype = 'e')
     order by routine.oid
  loop
    if to_regnamespace('peer_exchange_legacy') is null then
      create schema peer_exchange_legacy;
      -- What a script creates belongs to the extension; this must outlive it.
      alter extension peer_exchange drop schema peer_exchange_legacy;
    end if;
    -- One of an earlier move may bear the name already.
    place  := older.name;
    number := 1;
    while to_regprocedure(format('peer_exchange_legacy.%I(%s)', place, older.arguments)) is not null loop
      number := number + 1;
      place  := format('%s_%s', older.name, number);
    end loop;
    if place <> older.name then
      execute format('alter routine public.%I(%s) rename to %I', older.name, older.arguments, place);
    end if;
    execute format('alter routine public.%I(%s) set schema peer_exchange_legacy', place, older.arguments);
    raise notice 'peer_exchange: public.%(%) was moved to peer_exchange_legacy.%', older.name, older.arguments, place;
  end loop;
  perform set_config('client_min_messages', 'warning', true);
end $$;

select peer_exchange.move_older_functions();
drop function peer_exchange.move_older_functions();
