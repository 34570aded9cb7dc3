-- anon nothing; a signed-in person the RPCs; the service the operations besides: as access/allowed.md has it.
begin;
create schema access;
\set ECHO none
\i access/lib/allowed.sql
\set ECHO all
with allowed as (
  select schema, function_name,
         case when actor in ('Ann', 'Ben', 'Cyd') then 'authenticated' else actor end as role, bool_or(allowed <> '-') as may
    from access.allowed_call
   where actor in ('anon', 'Ann', 'Ben', 'Cyd', 'service_role')
     and schema <> 'peer_exchange_legacy'
   group by 1, 2, 3
), actual as (
  select routine.pronamespace::regnamespace::text as schema, routine.proname::text as function_name, role,
         bool_or(has_function_privilege(role, routine.oid, 'execute')) as may
    from pg_depend as member
    join pg_extension as extension on extension.oid = member.refobjid and extension.extname = 'peer_exchange'
    join pg_proc as routine on routine.oid = member.objid
   cross join unnest(array['anon', 'authenticated', 'service_role']) as role
   where member.classid = 'pg_proc'::regclass and member.deptype = 'e'
   group by 1, 2, 3
)
select schema, function_name, role, allowed.may as should, actual.may as does
  from allowed
  full join actual using (schema, function_name, role)
 where allowed.may is distinct from actual.may
 order by 1, 2, 3;
select count(*) filter (where allowed = 'yes') > 0 as there_is_something_to_compare_with from access.allowed_call;
rollback;
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
select peer_exchange.cancel_sessions_of_departing_person(id('Ben'), true);
reset role;
call signs_in(null);
set local role service_role;
select peer_exchange.grant_credits(id('Cyd'), 1, 'Gift') ->> 'success' as granted;
select peer_exchange.cancel_orphaned_sessions() as cancelled;
select count(*) >= 0 as verified from peer_exchange.verify_ledger();
rollback;
