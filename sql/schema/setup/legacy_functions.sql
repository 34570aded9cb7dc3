-- Functions of the application that bear the name of an RPC. PostgREST chooses among them by the names of the arguments;
-- those that it could not tell from ours, and those whose arguments are of the very types, make way. They are moved, never
-- dropped, and so are still there to look at.

-- The arguments that a call may name, and those that it has to.
create function peer_exchange.argument_names(p_function oid, p_are_required boolean) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(coalesce(routine.proargnames[argument.position], '') order by argument.place), '{}')
    from pg_proc as routine
   cross join lateral (
         select mode.position, row_number() over (order by mode.position) as place
           from unnest(coalesce(routine.proargmodes,
                                array_fill('i'::"char", array[routine.pronargs::integer]))) with ordinality as mode (label, position)
          where mode.label in ('i', 'b', 'v')) as argument
   where routine.oid = p_function
     and (not p_are_required or argument.place <= routine.pronargs - routine.pronargdefaults)
$$;

comment on function peer_exchange.argument_names(oid, boolean) is
  'The names of the arguments that a call of a function may give, or of those that it has to.';

create function peer_exchange.functions_in_the_way() returns setof regprocedure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select older.oid::regprocedure
    from pg_proc as older
    join peer_exchange.wrapped_functions() as ours on ours.name = older.proname
    join pg_proc as wrapped on wrapped.oid = ours.id
   where older.pronamespace = 'public'::regnamespace
     and older.oid not in (select own.id from peer_exchange.own_functions() as own)
     and (older.proargtypes = wrapped.proargtypes
          -- There is a call that both could answer.
          or (peer_exchange.argument_names(older.oid, true) <@ peer_exchange.argument_names(wrapped.oid, false)
              and peer_exchange.argument_names(wrapped.oid, true) <@ peer_exchange.argument_names(older.oid, false)))
   order by older.oid::regprocedure::text collate "C"
$$;

comment on function peer_exchange.functions_in_the_way() is
  'Functions of the application that bear the name of an RPC and could not be told from it.';

-- One of an earlier move may bear the name already.
create function peer_exchange.legacy_name(p_older regprocedure) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select place.name
    from pg_proc as older
   cross join generate_series(1, 1000) as number
   cross join lateral (select older.proname || case when number > 1 then '_' || number else '' end) as place (name)
   where older.oid = p_older
     and to_regprocedure(format('peer_exchange_legacy.%I(%s)', place.name, oidvectortypes(older.proargtypes))) is null
   order by number
   limit 1
$$;

comment on function peer_exchange.legacy_name(regprocedure) is
  'What a function will be called in peer_exchange_legacy.';

create function peer_exchange.move_older_function(p_older regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  place     text := peer_exchange.legacy_name(p_older);
  name      name;
  arguments text;
begin
  select proname, oidvectortypes(proargtypes) into name, arguments from pg_proc where oid = p_older;
  if to_regnamespace('peer_exchange_legacy') is null then
    create schema peer_exchange_legacy;
  end if;
  if place <> name then
    execute format('alter routine public.%I(%s) rename to %I', name, arguments, place);
  end if;
  execute format('alter routine public.%I(%s) set schema peer_exchange_legacy', place, arguments);
  raise notice 'peer_exchange: public.%(%) was moved to peer_exchange_legacy.%', name, arguments, place;
end $$;

comment on function peer_exchange.move_older_function(regprocedure) is
  'Called by setup(): moves a function of the application to peer_exchange_legacy.';

-- Who calls what is moved: a function by its name and as many arguments, or what is bound to it by its id.
create function peer_exchange.callers_of(p_moved oid[], p_action text) returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with moved as (
    select older.oid as id, ours.name, older.pronargs, older.pronargdefaults, oidvectortypes(older.proargtypes) as arguments
      from pg_proc as older
      join peer_exchange.wrapped_functions() as ours on older.proname ~ format('^%s(_\d+)?$', ours.name)
     where older.oid = any (p_moved)
  ), called as (
    select caller.id, moved.name
      from moved
      join peer_exchange.application_functions() as caller on caller.body ~ moved.name
      -- A body of the SQL standard is bound to what it calls.
      join pg_proc as stored on stored.oid = caller.id and stored.prosqlbody is null
     cross join lateral peer_exchange.counts_of_arguments(caller.body, moved.name) as given (arguments)
     where given.arguments between moved.pronargs - moved.pronargdefaults and moved.pronargs
       -- Another one of the application's that stays is meant.
       and not exists (select from pg_proc as other
                        where other.pronamespace = 'public'::regnamespace
                          and other.proname = moved.name
                          and other.oid <> all (p_moved)
                          and other.oid not in (select own.id from peer_exchange.own_functions() as own)
                          and given.arguments between other.pronargs - other.pronargdefaults and other.pronargs)
     group by caller.id, moved.name
  )
  select ('function ' || called.id::regprocedure) collate "C", p_action,
         format('it calls %1$s, which was moved to peer_exchange_legacy: from now on it finds ours of that name, which acts by our rules '
                || 'and for the person of the claims; rewrite it, or have it call peer_exchange_legacy.%1$s',
                string_agg(called.name, ', ' order by called.name collate "C")), null
    from called
   group by called.id
  union all
  select pg_describe_object(bound.classid, bound.objid, bound.objsubid), p_action,
         format('it is bound to %s(%s) still, which was moved to peer_exchange_legacy: make it anew', moved.name, moved.arguments), null
    from moved
    join pg_depend as bound
         on bound.refclassid = 'pg_proc'::regclass and bound.refobjid = moved.id and bound.deptype = 'n'
   order by 1
$$;

comment on function peer_exchange.callers_of(oid[], text) is
  'Rows of setup() about what calls functions that are moved to peer_exchange_legacy, or were.';

-- Later on they are no news: what is named may have been rewritten for ours.
create function peer_exchange.setup_callers_of_legacy_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select *
    from peer_exchange.callers_of(array(select oid from pg_proc where pronamespace = to_regnamespace('peer_exchange_legacy')),
                                  'unchanged')
$$;

comment on function peer_exchange.setup_callers_of_legacy_functions() is
  'Rows of setup() about what calls functions that were moved; none once schema peer_exchange_legacy is dropped.';

-- Those that CREATE EXTENSION has left out come after the move. They become members of the extension, so that DROP EXTENSION
-- takes them and a dump leaves them to CREATE EXTENSION.
create function peer_exchange.setup_public_functions() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  (select 'function ' || older.id, 'altered',
          format('moved to peer_exchange_legacy.%s: a call of it could not be told from one of ours', peer_exchange.legacy_name(older.id)),
          format('select peer_exchange.move_older_function(%L)', older.id)
     from peer_exchange.functions_in_the_way() as older (id)
    order by older.id::text collate "C")
  union all
  select *
    from peer_exchange.callers_of(array(select older.id::oid from peer_exchange.functions_in_the_way() as older (id)), 'conflict')
  union all
  (select 'function ' || replace(ours.id::text, 'peer_exchange.', 'public.'), 'created', obj_description(ours.id, 'pg_proc'),
          format('select peer_exchange.make_wrapper(%L); alter extension peer_exchange add function public.%I(%s); '
                 || 'select peer_exchange.open_to_owner()',
                 ours.id, wrapped.proname, oidvectortypes(wrapped.proargtypes))
     from peer_exchange.wrapped_functions() as ours
     join pg_proc as wrapped on wrapped.oid = ours.id
    where not exists (select from peer_exchange.own_functions() as own
                        join pg_proc as present on present.oid = own.id
                       where present.pronamespace = 'public'::regnamespace
                         and present.proname = wrapped.proname)
    order by wrapped.proname)
$$;

comment on function peer_exchange.setup_public_functions() is
  'Steps of setup(): functions of the application that make way for ours, and ours in their place.';
