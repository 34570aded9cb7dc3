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

-- What the service alone executes has a search_path of its own, since nothing is gained by inlining it. Privileges are as
-- they shall be before the function becomes a member: what differs from then on is what a dump tells.
create function peer_exchange.make_wrapper(p_wrapped regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wrapped        pg_proc := (select routine from pg_proc as routine where routine.oid = p_wrapped);
  is_for_service boolean := (select ours.is_for_service from peer_exchange.wrapped_functions() as ours where ours.id = p_wrapped);
  wrapper        text    := format('public.%I(%s)', wrapped.proname, oidvectortypes(wrapped.proargtypes));
  role           text;
begin
  execute format('create function public.%I(%s) returns %s language sql %s%s as %L', wrapped.proname,
                 pg_get_function_arguments(p_wrapped), pg_get_function_result(p_wrapped),
                 case wrapped.provolatile when 's' then 'stable' else 'volatile' end,
                 case when is_for_service then ' set search_path = pg_catalog, pg_temp' else '' end,
                 format('select %s peer_exchange.%I(%s)', case when wrapped.proretset then '* from' else '' end, wrapped.proname,
                        array_to_string(wrapped.proargnames[1:wrapped.pronargs], ', ')));
  execute format('comment on function %s is %L', wrapper, obj_description(p_wrapped, 'pg_proc'));
  execute format('revoke all on function %s from public', wrapper);
  for role in select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role') loop
    execute format('revoke all on function %s from %I', wrapper, role);
    if role = 'service_role' or (role = 'authenticated' and not is_for_service) then
      execute format('grant execute on function %s to %I', wrapper, role);
    end if;
  end loop;
end $$;

comment on function peer_exchange.make_wrapper(regprocedure) is
  'Makes the function in public that calls one of this schema, for those to execute who may execute that one.';
