-- What makes an application's table unusable. Any of these refuses the whole of setup().

-- A host table that is missing, and one that must be it: with our triggers on it still, or of its name and columns in another
-- schema. An empty one beside it would look as if everybody's credits were gone.
create function peer_exchange.relocated_tables() returns table (table_name text, relocated regclass)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select host.name, candidate.oid::regclass
    from peer_exchange.host_tables() as host (name, meaning)
    join pg_class as candidate on candidate.relkind in ('r', 'p') and candidate.relpersistence <> 't'
    join pg_namespace as space on space.oid = candidate.relnamespace
   where peer_exchange.host_table(host.name) is null
     and not exists (select from peer_exchange.host_columns() as key
                      where key.table_name = host.name and key.is_key
                        and not exists (select from pg_attribute as its_own
                                         where its_own.attrelid = candidate.oid
                                           and its_own.attname = key.column_name
                                           and not its_own.attisdropped
                                           and (key.kind <> 'uuid' or its_own.atttypid = 'uuid'::regtype)))
     and ((candidate.relname = host.name
           and host.name in ('client_sessions', 'credits', 'credit_transactions')
           and space.nspname not in ('pg_catalog', 'information_schema'))
          or exists (select from pg_trigger as guard
                       join peer_exchange.own_functions() as own on own.id = guard.tgfoid
                       join peer_exchange.wanted_triggers() as wanted
                            on wanted.table_name = host.name and wanted.name = guard.tgname
                      where guard.tgrelid = candidate.oid))
$$;

comment on function peer_exchange.relocated_tables() is
  'Host tables that are missing in public, with what they seem to have become.';

-- What values of a type are in the end: of a domain the type that it is of, which may be a domain as well.
create function peer_exchange.base_type(p_type oid, p_modifier integer) returns table (type regtype, modifier integer)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive level as (
    select p_type as type, p_modifier as modifier
    union all
    select domain.typbasetype, domain.typtypmod
      from level
      join pg_type as domain on domain.oid = level.type and domain.typtype = 'd'
  )
  select level.type, level.modifier
    from level
    join pg_type as last on last.oid = level.type and last.typtype <> 'd'
$$;

comment on function peer_exchange.base_type(oid, integer) is
  'The type, with its modifier, that a type is when it is a domain, else itself.';

-- A statement that writes in a WITH can't be rewritten by a rule: Postgres refuses it.
create function peer_exchange.rules_in_the_way()
returns table (table_name text, name text, is_in_the_way_of_credits boolean, cure text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select written.table_name, quote_ident(rule.rulename), written.is_of_credits,
         format('Postgres can''t run %s beside it; have a trigger do the same, and DROP RULE %I ON public.%I', written.what,
                rule.rulename, written.table_name)
    -- As pg_rewrite numbers UPDATE and INSERT.
    from (values ('credits', '2', true, 'what moves credits'),
                 ('credit_transactions', '3', true, 'what moves credits'),
                 ('notifications', '2', false, 'what hands out notifications'),
                 ('practitioner_availability', '2', false, 'set_working_hours()'),
                 ('cancellation_policies', '2', false, 'set_cancellation_policy()'),
                 ('calendar_events', '3', false, 'block_time()')) as written (table_name, event, is_of_credits, what)
    join pg_rewrite as rule on rule.ev_class = peer_exchange.host_table(written.table_name) and rule.ev_type::text = written.event
   where rule.ev_enabled <> 'D'
   order by written.table_name collate "C", rule.rulename
$$;

comment on function peer_exchange.rules_in_the_way() is
  'Rules of the application on tables that statements of ours write in a WITH, with the way out.';

create function peer_exchange.setup_obstacles() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select wanted.*, peer_exchange.host_table(wanted.table_name) as host_table
      from peer_exchange.host_columns() as wanted
  ), present as (
    select wanted.*, attribute.attname is not null as exists, attribute.attgenerated <> '' as is_generated,
           base.type,
           -- Of a type that an extension brings, in whichever schema that lives.
           (select named.typname from pg_type as named where named.oid = base.type) as type_name,
           type.typtype = 'e' as is_enum
      from wanted
      join pg_class as class on class.oid = wanted.host_table and class.relkind = 'r'
      left join pg_attribute as attribute
           on attribute.attrelid = wanted.host_table
          and attribute.attname = wanted.column_name
          and not attribute.attisdropped
      left join pg_type as type on type.oid = attribute.atttypid
      left join lateral peer_exchange.base_type(attribute.atttypid, attribute.atttypmod) as base on true
  )
  select 'table public.' || class.relname, 'conflict',
         'it is not an ordinary table; rename it and run setup() again', null
    from pg_class as class
   where class.oid in (select wanted.host_table from wanted) and class.relkind <> 'r'
  union all
  -- A partition gets no columns of its own, and what fires once for a statement does not fire where that is its parent's.
  select 'table public.' || class.relname, 'conflict',
         format('it is a partition of %1$s, and what guards it does not guard all that is written through that; '
                || 'ALTER TABLE %1$s DETACH PARTITION public.%2$I', link.inhparent::regclass, class.relname), null
    from pg_class as class
    join pg_inherits as link on link.inhrelid = class.oid
   where class.oid in (select wanted.host_table from wanted) and class.relispartition
  union all
  select 'table public.' || missing.table_name, 'conflict',
         format('it is missing, and %1$s seems to be it; %2$s; if it is another table, %3$s', missing.relocated,
                case when class.relnamespace = 'public'::regnamespace
                     then format('ALTER TABLE %s RENAME TO %I', missing.relocated, missing.table_name)
                     else format('ALTER TABLE %s SET SCHEMA public', missing.relocated) end,
                case when class.relname = missing.table_name then 'give it another name' else 'drop the triggers of peer_exchange on it' end),
         null
    from peer_exchange.relocated_tables() as missing
    join pg_class as class on class.oid = missing.relocated
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         format('it is generated, and written here; ALTER TABLE public.%s ALTER COLUMN %s DROP EXPRESSION', present.table_name, present.column_name),
         null
    from present
   where present.is_generated
     and present.table_name in ('client_sessions', 'credits', 'credit_transactions', 'notifications')
  union all
  -- The library acts as that owner, who has to read before anything else.
  select 'table public.' || class.relname, 'conflict',
         format('it belongs to %s, and client_sessions to %s, who may not read it; ALTER TABLE public.%s OWNER TO %s',
                class.relowner::regrole, owner.name, class.relname, owner.name), null
    from pg_class as class
   cross join (select peer_exchange.host_owner()::regrole) as owner (name)
   where class.oid in (select wanted.host_table from wanted) and class.relkind = 'r'
     and not has_table_privilege(owner.name, class.oid, 'select')
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         'the column is missing, and without it this is another table; rename the table or add the column as '
           || present.definition, null
    from present
   where present.is_key and not present.exists
  union all
  select format('column public.%s.%s', present.table_name, present.column_name), 'conflict',
         format('its type is %s and must be %s; ALTER TABLE public.%s ALTER COLUMN %s TYPE ...',
                present.type,
                case present.kind when 'label' then 'text or an enum' when 'instant' then 'timestamptz'
                                  when 'number' then 'numeric' when 'period' then 'tstzrange'
                                  when 'json' then 'jsonb' else present.kind end,
                present.table_name, present.column_name), null
    from present
   where present.exists
     and not case present.kind
               when 'uuid'    then present.type = 'uuid'::regtype
               when 'text'    then present.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
                                   or present.type_name = 'citext'
               when 'label'   then present.is_enum or present.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
               when 'integer' then present.type in ('integer'::regtype, 'bigint'::regtype)
               when 'number'  then present.type in ('numeric'::regtype, 'integer'::regtype, 'bigint'::regtype,
                                                    'double precision'::regtype, 'real'::regtype)
               when 'boolean' then present.type = 'boolean'::regtype
               when 'date'    then present.type = 'date'::regtype
               when 'time'    then present.type = 'time'::regtype
               when 'instant' then present.type in ('timestamptz'::regtype, 'timestamp'::regtype)
               when 'json'    then present.type in ('jsonb'::regtype, 'json'::regtype)
               when 'period'  then present.type = 'tstzrange'::regtype
               when 'any'     then true
             end
  union all
  select format('column public.%s.%s', vocabulary.table_name, vocabulary.column_name), 'conflict',
         format('it is too short for %s, which has %s characters; ALTER TABLE public.%s ALTER COLUMN %s TYPE text',
                longest.value, length(longest.value), vocabulary.table_name, vocabulary.column_name), null
    from peer_exchange.written_values() as vocabulary
   cross join lateral (select value from unnest(vocabulary.written) as value order by length(value) desc limit 1)
         as longest
    join pg_attribute as attribute
         on attribute.attrelid = peer_exchange.host_table(vocabulary.table_name)
        and attribute.attname = vocabulary.column_name
    join lateral peer_exchange.base_type(attribute.atttypid, attribute.atttypmod) as base
         on base.type in ('varchar'::regtype, 'bpchar'::regtype)
        -- The declared length is kept with the four bytes of a header added.
        and base.modifier between 4 and length(longest.value) + 3
  union all
  select 'rule ' || rule.name || ' on public.' || rule.table_name, 'conflict', rule.cure, null
    from peer_exchange.rules_in_the_way() as rule
   where rule.is_in_the_way_of_credits
  union all
  select format('column public.%s.%s', class.relname, attribute.attname), 'conflict',
         format('it must be filled, has no default and is not known here; ALTER TABLE public.%s ALTER COLUMN %s '
                || 'SET DEFAULT ..., or DROP NOT NULL', class.relname, attribute.attname), null
    from pg_class as class
    join pg_attribute as attribute
         on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
   where class.oid in (select peer_exchange.host_table(name)
                         from unnest(array['client_sessions', 'credits', 'credit_transactions', 'notifications']) as name)
     and attribute.attnotnull
     and not attribute.atthasdef
     and attribute.attidentity = ''
     -- The older twins of ours, which a trigger fills.
     and not (class.relname = 'notifications' and attribute.attname in ('user_id', 'message', 'metadata'))
     and not (class.relname = 'credits' and attribute.attname = 'current_balance')
     and not exists (select from wanted
                      where wanted.table_name = class.relname and wanted.column_name = attribute.attname)
$$;

comment on function peer_exchange.setup_obstacles() is
  'What makes a table of the application unusable, with the fix; any of it refuses setup().';
