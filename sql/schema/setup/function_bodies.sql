-- What functions of the application say, as far as the catalog tells: a statement that a function puts together from parts
-- nobody can read here. Patterns have backslashes, which not every session takes literally.

create function peer_exchange.application_functions()
returns table (id oid, name name, body text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select routine.oid, routine.proname,
         -- A remark calls nothing.
         regexp_replace(regexp_replace(coalesce(pg_get_function_sqlbody(routine.oid), routine.prosrc),
                                       '--[^\n]*', ' ', 'g'), '/\*.*?\*/', ' ', 'g')
    from pg_proc as routine
    join pg_namespace as space on space.oid = routine.pronamespace
    join pg_language as language on language.oid = routine.prolang
   where space.nspname not in ('pg_catalog', 'information_schema', 'peer_exchange')
     and language.lanname not in ('internal', 'c')
     and not exists (select from pg_depend as member
                      where member.classid = 'pg_proc'::regclass and member.objid = routine.oid and member.deptype = 'e')
$$;

comment on function peer_exchange.application_functions() is
  'Functions that belong to no extension, with what they say.';

-- A pattern that a call of one of these names in a body matches.
create function peer_exchange.call_of(p_names text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('\m(%s)\M"?\s*\(', string_agg(regexp_replace(name, '([^\w])', '\\\1', 'g'), '|')) from unnest(p_names) as name
$$;

comment on function peer_exchange.call_of(text[]) is
  'A pattern that calls of these functions match.';

-- A pattern that statements match which write one of these tables.
create function peer_exchange.write_of(p_schema text, p_tables text[]) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select format('\m(insert\s+into|update|delete\s+from|merge\s+into)\s+(only\s+)?("?%s"?\s*\.\s*)?"?(%s)\M',
                regexp_replace(p_schema, '([^\w])', '\\\1', 'g'),
                string_agg(regexp_replace(name, '([^\w])', '\\\1', 'g'), '|'))
    from unnest(p_tables) as name
$$;

comment on function peer_exchange.write_of(text, text[]) is
  'A pattern that statements match which write one of these tables of a schema, whether they name the schema or not.';

-- How many arguments the calls of a function in a body give. What an argument calls is out of the way, innermost first.
create function peer_exchange.counts_of_arguments(p_body text, p_name text) returns setof integer
language plpgsql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
declare
  rest    text;
  shorter text;
begin
  for rest in
    select part.text
      from regexp_split_to_table(regexp_replace(p_body, '\mpeer_exchange_legacy\.\w+', '', 'g'),
                                 peer_exchange.call_of(array[p_name])) with ordinality as part (text, position)
     where part.position > 1
  loop
    shorter := translate(regexp_replace(rest, '''[^'']*''', '0', 'g'), '[]', '()');
    loop
      rest := shorter;
      shorter := regexp_replace(rest, '\([^()]*\)', '', 'g');
      exit when shorter = rest;
    end loop;
    rest := split_part(rest, ')', 1);
    return next case when btrim(rest, E' \t\n') = '' then 0 else 1 + length(rest) - length(replace(rest, ',', '')) end;
  end loop;
end $$;

comment on function peer_exchange.counts_of_arguments(text, text) is
  'With how many arguments a body calls a function, once for each call.';

-- A pattern that bodies match which may turn something down.
create function peer_exchange.raising() returns text
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select '\m(raise\s*(;|(?!(notice|warning|info|log|debug)\M)\w|'')|assert\M)'
$$;

comment on function peer_exchange.raising() is
  'A pattern that bodies match which raise errors.';

create function peer_exchange.functions_in_reach(p_function oid) returns table (id oid, body text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  with recursive routine as materialized (
    select application.id, application.body, lower(application.body collate "C") as lowered,
           lower(application.name::text collate "C") as name, peer_exchange.call_of(array[application.name::text]) as call
      from peer_exchange.application_functions() as application
  ), reached as (
    select p_function as id
    union
    -- Most bodies do not say the name at all, which is asked first since it costs little.
    select callee.id
      from reached
      join routine as caller using (id)
      join routine as callee
           on case when strpos(caller.lowered, callee.name) > 0 then caller.body collate "C" ~* callee.call end
  )
  select routine.id, routine.body from reached join routine using (id)
$$;

comment on function peer_exchange.functions_in_reach(oid) is
  'A function of the application with those that it calls, and those that they call, with what they say.';
