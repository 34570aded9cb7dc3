\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
select relation.relname, role.rolname, has_table_privilege(role.oid, relation.oid, 'select') as reads,
       has_table_privilege(role.oid, relation.oid, 'insert, update, delete, truncate') as writes
  from pg_class as relation
 cross join pg_roles as role
 where relation.relnamespace = 'peer_exchange'::regnamespace and relation.relkind in ('r', 'v')
   and role.rolname in ('anon', 'authenticated', 'service_role', 'peer_exchange_figures')
 order by relation.relname, role.rolname;
-- All of them with the rights of whoever asks.
select relname from pg_class
 where relnamespace = 'peer_exchange'::regnamespace and relkind = 'v'
   and not coalesce(reloptions, '{}') @> array['security_invoker=true'];
select relname from pg_class
 where relnamespace = 'peer_exchange'::regnamespace and relkind in ('r', 'v') and obj_description(oid) is null;

call signs_in('Ann');
set local role authenticated;
select count(*) from peer_exchange.bookings_by_day;
select count(*) from peer_exchange.top_earners;
select count(*) from peer_exchange.person_figures();
select count(*) from peer_exchange.refusals;
reset role;
-- Nor by a grant that went too far: the function behind the view refuses, and setup() takes it back.
grant select on peer_exchange.top_earners, peer_exchange.refusals to authenticated;
insert into peer_exchange.refusals (rpc, error_code) values ('create_peer_booking', 'SLOT_CONFLICT');
set local role authenticated;
select count(*) from peer_exchange.top_earners;
reset role;
call signs_in(null);
select object, detail from peer_exchange.setup() where object like 'privileges on functions%';
call signs_in('Ann');
set local role authenticated;
select count(*) from peer_exchange.top_earners;
select count(*) from peer_exchange.refusals;
reset role;
call signs_in(null);
set local role service_role;
select count(*) > 0 as reads from peer_exchange.bookings_by_day;
select count(*) > 0 as reads from peer_exchange.refusals_by_day;
rollback;
