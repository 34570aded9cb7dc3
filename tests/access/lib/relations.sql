-- What the extension keeps in its own schema, and how far an actor gets with it.
create view access.relation as
select class.oid, class.relname::text as name
  from pg_class as class
 where class.relnamespace = 'peer_exchange'::regnamespace
   and class.relkind in ('r', 'v', 'm', 'f', 'p', 'S');

create function access.can_use(actor text, relation_name text) returns text
language plpgsql
as $$
declare
  relation regclass := format('peer_exchange.%I', relation_name);
  outcome  text     := access.outcome(actor, format('select count(*) from %s', relation));
  role     name     := case when actor = 'owner' then current_user else access.role_of(actor) end;
  is_sequence boolean := (select relkind = 'S' from pg_class where oid = relation);
begin
  return case
    when outcome <> 'done' then outcome
    when is_sequence then case when has_sequence_privilege(role, relation, 'usage, update') then 'all' else 'reads' end
    when has_table_privilege(role, relation, 'insert, update, delete, truncate, references, trigger')
         or has_any_column_privilege(role, relation, 'insert, update, references') then 'all'
    else 'reads'
  end;
end $$;
