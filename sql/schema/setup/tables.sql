-- Missing tables and missing columns, and what is said of them.

create function peer_exchange.setup_tables() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select host.table_name, host.column_name, host.definition, host.ordinality,
           peer_exchange.host_table(host.table_name) as host_table,
           case when host.meaning is null then ''
                else format('; comment on column public.%I.%I is %L', host.table_name, host.column_name,
                            host.meaning) end as remark
      from peer_exchange.host_columns() with ordinality
           as host (table_name, column_name, kind, definition, is_key, meaning, ordinality)
  ), by_table as (
    select wanted.table_name, wanted.host_table, min(wanted.ordinality) as ordinality,
           bool_or(not peer_exchange.has_column(wanted.host_table, wanted.column_name)) as lacks_columns,
           format('create table public.%1$I (%2$s); comment on table public.%1$I is %3$L', wanted.table_name,
                  string_agg(format('%I %s', wanted.column_name, wanted.definition), ', '
                             order by wanted.ordinality), host.meaning)
             || string_agg(wanted.remark, '' order by wanted.ordinality)
             || coalesce(format('; alter table public.%I owner to ', wanted.table_name)
                           || peer_exchange.host_owner()::regrole, '') as creation
      from wanted
      join peer_exchange.host_tables() as host using (table_name)
     group by wanted.table_name, wanted.host_table, host.meaning
  ), step as (
    select by_table.ordinality, 0 as rank, 'table public.' || by_table.table_name as object,
           case when by_table.host_table is null then 'created'
                when by_table.lacks_columns then 'adopted'
                else 'unchanged' end as action,
           case when by_table.host_table is not null and by_table.lacks_columns
                then 'the table stays the application''s; columns are added' end as detail,
           case when by_table.host_table is null then by_table.creation end as statement
      from by_table
    union all
    select wanted.ordinality, 1, format('column public.%s.%s', wanted.table_name, wanted.column_name),
           'altered', 'added as ' || wanted.definition,
           format('alter table public.%I add column %I %s', wanted.table_name, wanted.column_name,
                  wanted.definition) || wanted.remark
      from wanted
     where wanted.host_table is not null
       and not peer_exchange.has_column(wanted.host_table, wanted.column_name)
  )
  select step.object, step.action, step.detail, step.statement
    from step
   order by step.ordinality, step.rank
$$;

comment on function peer_exchange.setup_tables() is 'Steps of setup(): tables and columns.';

-- When a row was made: an application may write that itself and have no default for it, and what we write leaves it to one.
create function peer_exchange.setup_defaults() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', wanted.table_name, wanted.column_name), 'altered',
         'default now(), since what is written here leaves it to its default',
         format('alter table public.%I alter column %I set default now()', wanted.table_name, wanted.column_name)
    from peer_exchange.host_columns() as wanted
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(wanted.table_name)
        and attribute.attname = wanted.column_name
        and not attribute.attisdropped
        and not attribute.atthasdef
   where (wanted.table_name, wanted.column_name)
         in (('client_sessions', 'created_at'), ('credits', 'updated_at'), ('notifications', 'created_at'),
             ('practitioner_products', 'created_at'))
   order by wanted.table_name
$$;

comment on function peer_exchange.setup_defaults() is
  'Steps of setup(): defaults of columns that say when a row was made or changed.';

create function peer_exchange.setup_meanings() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('column public.%s.%s', wanted.table_name, wanted.column_name), 'altered',
         'its comment, which a former version wrote, says what it means now',
         format('comment on column public.%I.%I is %L', wanted.table_name, wanted.column_name, wanted.meaning)
    from peer_exchange.host_columns() as wanted
    join peer_exchange.former_meanings() as former using (table_name, column_name)
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(wanted.table_name)
        and attribute.attname = wanted.column_name
   where col_description(attribute.attrelid, attribute.attnum) = former.meaning
   order by wanted.table_name, wanted.column_name
$$;

comment on function peer_exchange.setup_meanings() is
  'Steps of setup(): comments of columns as a former version wrote them.';
