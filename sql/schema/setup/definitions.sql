-- Whether an object of ours is what it should be. Postgres is the judge: what is wanted is made on an empty twin of its
-- table, and what the catalog says of it there is compared with what it says of the object that is there. The host
-- tables are not touched, and the twins are gone when the plan is made (see setup_steps).

-- An index, trigger, policy or constraint. Its creation has a place for its name, %1$I, and one for its table, %2$s.
create type peer_exchange.wanted_object as (kind text, table_name text, name text, creation text, meaning text);

comment on type peer_exchange.wanted_object is
  'An index, trigger, policy or constraint that setup() puts on a host table.';

-- How an index is stored (its fill factor, its tablespace) is the administrator's business.
create function peer_exchange.definition_of(p_kind text, p_table regclass, p_name text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with told as (
    select 'index' as kind, pg_get_indexdef(class.oid) as definition, class.oid as index_id, null as state
      from pg_class as class
     where class.relname = p_name
       and class.relkind = 'i'
       and class.relnamespace = (select relnamespace from pg_class where oid = p_table)
    union all
    select 'trigger', pg_get_triggerdef(fired.oid), null,
           case fired.tgenabled when 'D' then ', disabled' when 'R' then ', enabled for replicas alone'
                                when 'A' then ', enabled for replicas as well' end
      from pg_trigger as fired
     where fired.tgrelid = p_table and fired.tgname = p_name
    union all
    select 'policy',
           format('%s for %s to %s', case when policy.polpermissive then 'permissive' else 'restrictive' end,
                  case policy.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                     when 'd' then 'delete' else 'all' end,
                  (select string_agg(case role when 0 then 'public' else role::regrole::text end, ', '
                                     order by role::regrole::text collate "C")
                     from unnest(policy.polroles) as role)),
           null,
           concat(' using (' || pg_get_expr(policy.polqual, policy.polrelid) || ')',
                  ' with check (' || pg_get_expr(policy.polwithcheck, policy.polrelid) || ')')
      from pg_policy as policy
     where policy.polrelid = p_table and policy.polname = p_name
    union all
    select 'constraint', pg_get_constraintdef(kept.oid), kept.conindid, null
      from pg_constraint as kept
     where kept.conrelid = p_table and kept.conname = p_name
  )
  select concat(regexp_replace(told.definition, ' WITH [(][^)]*[)]', ''), told.state,
                case when not (backing.indisvalid and backing.indisready) then ', not valid' end)
    from told
    left join pg_index as backing on backing.indexrelid = told.index_id
   where told.kind = p_kind
$$;

comment on function peer_exchange.definition_of(text, regclass, text) is
  'What Postgres says of an object on a table, its state included; NULL where there is none of that name.';

create function peer_exchange.twin_of(p_table_name text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('%I.%I', 'pg_temp', 'peer_exchange_twin_of_' || p_table_name)
$$;

comment on function peer_exchange.twin_of(text) is
  'The name of the empty twin that a host table has while setup() plans, as definitions tell it.';

-- With the columns that are to be added.
create function peer_exchange.make_twins() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  statement text;
begin
  for statement in
    select format('create temporary table %s (like %s)', peer_exchange.twin_of(host.table_name), host_table)
             || (select coalesce(string_agg(format('; alter table %s add column %I %s', peer_exchange.twin_of(host.table_name),
                                                   missing.column_name, missing.definition), ''), '')
                   from peer_exchange.host_columns() as missing
                  where missing.table_name = host.table_name
                    and not peer_exchange.has_column(host_table, missing.column_name))
      from peer_exchange.host_tables() as host
     cross join peer_exchange.host_table(host.table_name) as host_table
     where host_table is not null
  loop
    execute statement;
  end loop;
end $$;

comment on function peer_exchange.make_twins() is 'Makes an empty temporary twin of every host table that is there.';

create function peer_exchange.wanted_definition(p_wanted peer_exchange.wanted_object) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  twin text := peer_exchange.twin_of(p_wanted.table_name);
begin
  execute format(p_wanted.creation, p_wanted.name, twin);
  return replace(peer_exchange.definition_of(p_wanted.kind, twin::regclass, p_wanted.name),
                 twin, format('%I.%I', 'public', p_wanted.table_name));
end $$;

comment on function peer_exchange.wanted_definition(peer_exchange.wanted_object) is
  'What Postgres would say of an object if it were what is wanted.';

create function peer_exchange.creation_of(p_wanted peer_exchange.wanted_object) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(p_wanted.creation, p_wanted.name, format('public.%I', p_wanted.table_name))
      || case when p_wanted.meaning is null then ''
              else format('; comment on %s %s is %L', p_wanted.kind,
                          case p_wanted.kind when 'index' then format('public.%I', p_wanted.name)
                               else format('%I on public.%I', p_wanted.name, p_wanted.table_name) end,
                          p_wanted.meaning) end
$$;

comment on function peer_exchange.creation_of(peer_exchange.wanted_object) is
  'The statements that make an object and say what it is for.';

create function peer_exchange.removal_of(p_wanted peer_exchange.wanted_object) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case p_wanted.kind
           when 'index'      then format('drop index public.%I', p_wanted.name)
           when 'constraint' then format('alter table public.%I drop constraint %I', p_wanted.table_name, p_wanted.name)
           else format('drop %s %I on public.%I', p_wanted.kind, p_wanted.name, p_wanted.table_name)
         end
$$;

comment on function peer_exchange.removal_of(peer_exchange.wanted_object) is
  'The statement that drops what bears the name of a wanted object.';

create function peer_exchange.step_towards(p_wanted peer_exchange.wanted_object) returns peer_exchange.setup_step
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  existing text := peer_exchange.definition_of(p_wanted.kind, peer_exchange.host_table(p_wanted.table_name), p_wanted.name);
  object   text := case p_wanted.kind when 'index' then 'index public.' || p_wanted.name
                        else format('%s %s on public.%s', p_wanted.kind, p_wanted.name, p_wanted.table_name) end;
begin
  if existing is null then
    return (object, 'created', p_wanted.meaning, peer_exchange.creation_of(p_wanted))::peer_exchange.setup_step;
  elsif existing = peer_exchange.wanted_definition(p_wanted) then
    return (object, 'unchanged', null, null)::peer_exchange.setup_step;
  end if;
  return (object, 'altered', 'made anew; it was ' || existing,
          peer_exchange.removal_of(p_wanted) || '; ' || peer_exchange.creation_of(p_wanted))::peer_exchange.setup_step;
end $$;

comment on function peer_exchange.step_towards(peer_exchange.wanted_object) is
  'The step of setup() after which an object is what is wanted.';

-- The plan is made as the owner of the tables, who may have been forbidden temporary ones.
create function peer_exchange.open_temporary_schema() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  owner oid := peer_exchange.host_owner();
begin
  if not has_database_privilege(owner, current_database(), 'temporary') then
    execute format('grant temporary on database %I to %s', current_database(), owner::regrole);
  end if;
end $$;

comment on function peer_exchange.open_temporary_schema() is
  'Lets the owner of the application''s tables make the twins; taken back with the plan.';
