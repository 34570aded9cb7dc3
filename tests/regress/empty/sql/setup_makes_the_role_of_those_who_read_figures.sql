-- Whoever may create roles has it made by setup(), with what is its own; whoever may not is told.
begin;
call story.starts();
alter role peer_exchange_figures rename to put_aside;

create role administrator_without_roles;
grant usage on schema peer_exchange to administrator_without_roles;
grant execute on all functions in schema peer_exchange to administrator_without_roles;
set local role administrator_without_roles;
select * from peer_exchange.setup(true) where object like '%peer_exchange_figures';
reset role;

select * from peer_exchange.setup(true) where object like '%peer_exchange_figures';
select count(*) as roles from pg_roles where rolname = 'peer_exchange_figures';
select object, action from peer_exchange.setup() where object like '%peer_exchange_figures';
select rolcanlogin, rolbypassrls, has_table_privilege(oid, 'peer_exchange.bookings_by_day', 'select') as reads,
       has_function_privilege(oid, 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute') as grants_credits
  from pg_roles where rolname = 'peer_exchange_figures';
select count(*) as steps from peer_exchange.setup() where object like '%peer_exchange_figures';
rollback;
