-- One thing that setup() does or finds, and small questions about the catalog.

create type peer_exchange.setup_step as (object text, action text, detail text, statement text);

comment on type peer_exchange.setup_step is
  'A row of setup() with the statement that carries it out; NULL where there is nothing to do.';

create function peer_exchange.host_table(p_table_name text) returns regclass
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select to_regclass(format('public.%I', p_table_name))
$$;

-- As whom the library acts: the owner of the sessions; before there are any, of what is there.
create function peer_exchange.host_owner() returns oid
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select class.relowner
    from peer_exchange.host_tables() with ordinality as host (name, meaning, position)
    join pg_class as class on class.oid = peer_exchange.host_table(host.name)
   order by host.name <> 'client_sessions', host.position
   limit 1
$$;

create function peer_exchange.has_column(p_table regclass, p_column_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_attribute as attribute
                  where attribute.attrelid = p_table
                    and attribute.attname = p_column_name
                    and attribute.attnum > 0
                    and not attribute.attisdropped)
$$;

-- Whether a column of this name is a text that we may fill.
create function peer_exchange.has_text_column(p_table_name text, p_column_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_attribute as attribute
                  where attribute.attrelid = peer_exchange.host_table(p_table_name)
                    and attribute.attname = p_column_name
                    and attribute.atttypid in ('text'::regtype, 'varchar'::regtype)
                    and attribute.attgenerated = ''
                    and not attribute.attisdropped)
$$;

-- Whether setup() made this table: it is known by its comment, which a dump keeps.
create function peer_exchange.is_made_by_setup(p_table_name text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(obj_description(peer_exchange.host_table(p_table_name), 'pg_class')
                  = (select host.meaning from peer_exchange.host_tables() as host
                      where host.table_name = p_table_name), false)
$$;

-- Whether a valid index without a condition leads with these columns, in any order.
create function peer_exchange.has_index(p_table regclass, p_column_names text[], p_is_unique boolean) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from pg_index as existing
     where existing.indrelid = p_table
       and existing.indisvalid
       and existing.indpred is null
       and (not p_is_unique or (existing.indisunique and existing.indnkeyatts = cardinality(p_column_names)))
       and (select array_agg(attribute.attname::text order by attribute.attname)
              from pg_attribute as attribute
             where attribute.attrelid = p_table
               and attribute.attnum = any ((existing.indkey::int2[])[0 : cardinality(p_column_names) - 1]))
           = (select array_agg(wanted order by wanted collate "C") from unnest(p_column_names) as wanted))
$$;
