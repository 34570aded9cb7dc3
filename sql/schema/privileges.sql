-- Nothing is executable by everybody; signed-in people and the service call what is theirs, and only the
-- service reads what is kept here.
--
-- A function for its fixed search_path, and only for as long as it runs: the script itself runs on the
-- installer's, where somebody else's objects could stand before those of pg_catalog.
create function peer_exchange.close_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  closed_to text;
  step      peer_exchange.setup_step;
begin
  -- By name as well, whatever the default privileges of the database gave away.
  for closed_to in
    select 'public' union all select quote_ident(rolname) from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke all on all tables in schema peer_exchange from %1$s;
                    revoke all on all sequences in schema peer_exchange from %1$s', closed_to);
  end loop;
  -- The owner of the database dumps it; there, row-level security would refuse to leave rows out.
  grant usage on schema peer_exchange to pg_database_owner;
  grant select on all tables in schema peer_exchange to pg_database_owner;
  grant select on all sequences in schema peer_exchange to pg_database_owner;
  for step in select * from peer_exchange.setup_figures_role() where statement is not null loop
    execute step.statement;
  end loop;
  for step in select * from peer_exchange.setup_function_privileges() loop
    execute step.statement;
  end loop;
end $$;

select peer_exchange.close_functions();
drop function peer_exchange.close_functions();
