-- anon nothing; a signed-in person the RPCs; the service the operations besides.
select routine.oid::regprocedure as function,
       has_function_privilege('anon', routine.oid, 'execute') as anon,
       has_function_privilege('authenticated', routine.oid, 'execute') as authenticated,
       has_function_privilege('service_role', routine.oid, 'execute') as service_role
  from pg_proc as routine
 where routine.pronamespace in ('public'::regnamespace, 'peer_exchange'::regnamespace)
   and (has_function_privilege('anon', routine.oid, 'execute')
        or has_function_privilege('authenticated', routine.oid, 'execute')
        or has_function_privilege('service_role', routine.oid, 'execute'))
   and exists (select from pg_depend as dependency join pg_extension as extension on extension.oid = dependency.refobjid
                where dependency.objid = routine.oid and extension.extname = 'peer_exchange')
 order by routine.oid::regprocedure::text;
select rolname as role, has_schema_privilege(oid, 'peer_exchange', 'usage') as enters, has_schema_privilege(oid, 'peer_exchange', 'create') as creates
  from pg_roles where rolname in ('anon', 'authenticated', 'service_role') order by rolname;
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
set local role anon;
select get_practitioner_credit_cost(id('Ben'), 60);
select book('Ann', 'Ben');
select refund('Ann', 'Ben');
reset role;
call signs_in('Ann');
set local role authenticated;
select peer_exchange.grant_credits(id('Ann'), 1, 'Gift');
select * from peer_exchange.verify_ledger();
select peer_exchange.cancel_orphaned_sessions();
select * from peer_exchange.setup();
select peer_exchange.refund_cancelled_sessions('[]');
select peer_exchange.cancel_sessions_of_leaver(id('Ben'), true);
reset role;
call signs_in(null);
set local role service_role;
select peer_exchange.grant_credits(id('Cyd'), 1, 'Gift') ->> 'success' as granted;
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select count(*) >= 0 as verified from peer_exchange.verify_ledger();
rollback;
