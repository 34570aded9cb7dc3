-- Values that we write, in columns that the application has closed with an enum or a CHECK.

-- Whether a value passes a CHECK that speaks of this one column.
create function peer_exchange.passes_check(p_constraint oid, p_column_name text, p_value text) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  passes boolean;
begin
  execute (select format('select coalesce(%s, true) from jsonb_populate_record(null::%s, $1) as checked',
                         pg_get_expr(checked.conbin, checked.conrelid), checked.conrelid::regclass)
             from pg_constraint as checked
            where checked.oid = p_constraint)
     into passes
    using jsonb_build_object(p_column_name, p_value);
  return passes;
end $$;

create function peer_exchange.is_admitted(p_type regtype, p_value text) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('select $1::%s', p_type) using p_value;
  return true;
exception
  when check_violation then
    return false;
end $$;

comment on function peer_exchange.is_admitted(regtype, text) is
  'Whether the CHECKs of a domain admit a value.';

create function peer_exchange.checks_of_domain(p_type oid) returns table (name name, expression text, domain regtype)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive level as (
    select p_type as type
    union all
    select domain.typbasetype from level join pg_type as domain on domain.oid = level.type and domain.typtype = 'd'
  )
  select checked.conname, pg_get_expr(checked.conbin, 0), level.type::regtype
    from level
    join pg_constraint as checked on checked.contypid = level.type and checked.contype = 'c'
$$;

comment on function peer_exchange.checks_of_domain(oid) is
  'The CHECKs of a domain, and of the domains that it is of.';

create function peer_exchange.setup_vocabulary() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with closed as (
    select vocabulary.table_name, vocabulary.column_name, vocabulary.written, vocabulary.position,
           attribute.attrelid, attribute.attnum, attribute.atttypid
      from peer_exchange.written_values() with ordinality
             as vocabulary (table_name, column_name, written, position)
      join pg_attribute as attribute
           on attribute.attrelid = peer_exchange.host_table(vocabulary.table_name)
          and attribute.attname = vocabulary.column_name
          and not attribute.attisdropped
  )
  (select format('value %s of type %s', value, closed.atttypid::regtype), 'altered',
          format('added, for public.%s.%s', closed.table_name, closed.column_name),
          format('alter type %s add value %L', closed.atttypid::regtype, value)
     from closed
    cross join unnest(closed.written) with ordinality as listed (value, position)
     join pg_type as type on type.oid = closed.atttypid and type.typtype = 'e'
    where not exists (select from pg_enum as label
                       where label.enumtypid = closed.atttypid and label.enumlabel = value)
    order by closed.position, listed.position)
  union all
  -- In two steps, of which the second reads the rows and keeps nobody from them.
  (select format('constraint %I on public.%s', checked.conname, closed.table_name), 'altered', step.detail,
          format('select peer_exchange.alter_table(%L)', step.statement)
     from closed
     join pg_constraint as checked
          on checked.conrelid = closed.attrelid and checked.contype = 'c'
         and checked.conkey = array[closed.attnum]
    cross join lateral (
          select array_agg(value) as written
            from unnest(closed.written) as value
           where not peer_exchange.passes_check(checked.oid, closed.column_name, value)) as missing
    cross join lateral (values
          (1, format('admits %s besides', array_to_string(missing.written, ', ')),
           format('alter table public.%I drop constraint %I, add constraint %I check ((%s) or %I in (%s)) not valid',
                  closed.table_name, checked.conname, checked.conname,
                  pg_get_expr(checked.conbin, checked.conrelid), closed.column_name,
                  (select string_agg(quote_literal(value), ', ') from unnest(missing.written) as value))),
          (2, 'validated',
           format('alter table public.%I validate constraint %I', closed.table_name, checked.conname)))
          as step (position, detail, statement)
     join pg_type as type on type.oid = closed.atttypid and type.typtype <> 'e'
    where missing.written is not null
    order by closed.position, checked.conname, step.position)
  union all
  -- What it admitted it admits still, so that there is nothing to validate.
  (select format('constraint %I of domain %s', checked.name, checked.domain), 'altered',
          format('admits %s besides, for public.%s.%s', array_to_string(missing.written, ', '), closed.table_name, closed.column_name),
          format('alter domain %1$s drop constraint %2$I; '
                 || 'alter domain %1$s add constraint %2$I check ((%3$s) or value in (%4$s)) not valid',
                 checked.domain, checked.name, checked.expression,
                 (select string_agg(quote_literal(value), ', ') from unnest(missing.written) as value))
     from closed
    cross join lateral peer_exchange.checks_of_domain(closed.atttypid) as checked
    cross join lateral (
          select array_agg(value) as written
            from unnest(closed.written) as value
           where not peer_exchange.is_admitted(checked.domain, value)) as missing
     join pg_type as type on type.oid = closed.atttypid and type.typtype = 'd'
    where missing.written is not null
    order by closed.position, checked.name)
$$;

comment on function peer_exchange.setup_vocabulary() is
  'Steps of setup(): enums and CHECKs that lack values which we write.';
