-- What CREATE EXTENSION does at once where the application is there already. It makes no table and
-- touches no privilege: a dump would lose both. What is left, it says.
--
-- A function for its fixed search_path, and only for as long as it runs: the script itself runs on the
-- installer's, where somebody else's objects could stand before those of pg_catalog.
create function peer_exchange.adopt_existing_tables() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  step      peer_exchange.setup_step;
  plan      peer_exchange.setup_step[];
  conflicts integer := 0;
begin
  -- Postgres silences notices while it runs an extension's script; these are meant to be read.
  perform set_config('client_min_messages', 'notice', true);
  if peer_exchange.host_table('client_sessions') is null then
    raise notice 'peer_exchange: run SELECT * FROM peer_exchange.setup() to create its tables';
    return;
  end if;
  perform peer_exchange.refuse_obstacles();
  if not peer_exchange.has_all_host_tables() then
    raise notice 'peer_exchange: tables are missing; SELECT * FROM peer_exchange.setup() creates them and puts on the guards';
    return;
  end if;
  -- What the library runs as this role has to be granted to it first, and a dump would lose that, too.
  if not exists (select from pg_roles
                  where oid = peer_exchange.host_owner()
                    and (rolsuper or rolname = current_user)) then
    raise notice 'peer_exchange: run SELECT * FROM peer_exchange.setup() to adopt the existing tables; setup(true) lists first what it does';
    return;
  end if;
  plan := array(
    select planned from peer_exchange.setup_steps() as planned
     where planned.object not like 'privileges %');
  foreach step in array plan loop
    if step.statement is not null then
      execute step.statement;
    end if;
    if step.action = 'conflict' then
      raise notice 'peer_exchange: % - %', step.object, step.detail;
      conflicts := conflicts + 1;
    end if;
  end loop;
  raise notice 'peer_exchange: adopted the existing tables, conflicts: %; run SELECT * FROM peer_exchange.setup() for their privileges', conflicts;
end $$;

select peer_exchange.adopt_existing_tables();
drop function peer_exchange.adopt_existing_tables();
