-- A function of the application that runs as its owner quotes and cancels by ours.
begin;
call story.starts();
select routine.oid::regprocedure as closed_to_the_owner
  from pg_proc as routine
  join pg_depend as member on member.objid = routine.oid and member.classid = 'pg_proc'::regclass and member.deptype = 'e'
  join pg_extension as extension on extension.oid = member.refobjid and extension.extname = 'peer_exchange'
 where not has_function_privilege((select relowner from pg_class where oid = 'client_sessions'::regclass), routine.oid, 'execute');
create function public.price_of_an_hour() returns integer language sql security definer
  as $$ select public.get_practitioner_credit_cost('a0000000-0000-4000-8000-000000000002', 60) $$;
do $$
begin
  execute format('alter function public.price_of_an_hour() owner to %s',
                 (select relowner::regrole from pg_class where oid = 'public.client_sessions'::regclass));
end $$;
grant execute on function public.price_of_an_hour() to authenticated;
call signs_in('Ann');
set local role authenticated;
select public.price_of_an_hour();
rollback;
