-- What clients call, in the schema that PostgREST exposes: a wrapper in public for each function that is_in_public. Security
-- invoker and one expression each, so that Postgres inlines those of people and they cost nothing.

create function peer_exchange.wrapped_functions() returns table (id regprocedure, name text, is_for_service boolean)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select wrapped.id, ours.name, ours.caller = 'service'
    from peer_exchange.functions() as ours
   cross join to_regprocedure(format('peer_exchange.%I(%s)', ours.name, ours.arguments)) as wrapped (id)
   where ours.is_in_public
$$;

comment on function peer_exchange.wrapped_functions() is
  'The functions of this schema that PostgREST finds in public.';

-- What the service alone executes has a search_path of its own, since nothing is gained by inlining it.
create function peer_exchange.make_wrapper(p_wrapped regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute (
    select format('create function public.%1$I(%2$s) returns %3$s language sql %4$s%5$s as %6$L; '
                  || 'comment on function public.%1$I(%7$s) is %8$L',
                  wrapped.proname, pg_get_function_arguments(wrapped.oid), pg_get_function_result(wrapped.oid),
                  case wrapped.provolatile when 's' then 'stable' else 'volatile' end,
                  case when ours.is_for_service then ' set search_path = pg_catalog, pg_temp' else '' end,
                  format('select %s peer_exchange.%I(%s)', case when wrapped.proretset then '* from' else '' end, wrapped.proname,
                         array_to_string(wrapped.proargnames[1:wrapped.pronargs], ', ')),
                  oidvectortypes(wrapped.proargtypes), obj_description(wrapped.oid, 'pg_proc'))
      from pg_proc as wrapped
      join peer_exchange.wrapped_functions() as ours on ours.id = wrapped.oid
     where wrapped.oid = p_wrapped);
end $$;

comment on function peer_exchange.make_wrapper(regprocedure) is
  'Makes the function in public that calls one of this schema.';
