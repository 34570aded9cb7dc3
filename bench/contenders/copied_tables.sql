-- The tables that setup() makes, copied into the current schema: same columns, indexes, constraints and
-- foreign keys; no triggers and no policies. Nothing is listed here: what setup() makes is what is copied.
do $$
declare
  host    record;
  foreign_key record;
begin
  for host in select table_name from peer_exchange.host_tables() loop
    execute format('create table %I (like public.%I including all)', host.table_name, host.table_name);
  end loop;
  for foreign_key in
    select referring.relname, pg_get_constraintdef(reference.oid) as definition
      from pg_constraint as reference
      join pg_class as referring on referring.oid = reference.conrelid
     where reference.contype = 'f'
       and referring.relnamespace = 'public'::regnamespace
  loop
    execute format('alter table %I add %s', foreign_key.relname,
                   regexp_replace(foreign_key.definition, 'REFERENCES (public\.)?', format('REFERENCES %I.', current_schema())));
  end loop;
end $$;
