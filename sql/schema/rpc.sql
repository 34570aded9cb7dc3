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

-- What the service alone executes has a search_path of its own, since nothing is gained by inlining it. Whom a wrapper is
-- open to is settled before it becomes a member of the extension, in its script or by setup(): a dump speaks only of what
-- was granted or revoked afterwards.
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
  execute (
    select string_agg(format(case when role.name = 'service_role' or role.name = 'authenticated' and not ours.is_for_service
                                  then 'grant execute on function public.%I(%s) to %s'
                                  else 'revoke execute on function public.%I(%s) from %s' end,
                             ours.name, oidvectortypes(wrapped.proargtypes), role.name), '; ')
      from pg_proc as wrapped
      join peer_exchange.wrapped_functions() as ours on ours.id = wrapped.oid
     cross join (select 'public' union all
                 select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')) as role (name)
     where wrapped.oid = p_wrapped);
end $$;

comment on function peer_exchange.make_wrapper(regprocedure) is
  'Makes the function in public that calls one of this schema.';
