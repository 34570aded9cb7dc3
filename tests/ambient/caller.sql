-- Somebody far away calls, with settings of her own: each function of the library has them for as long as it runs, as
-- through PostgREST's `Prefer: timezone=`. The tests' own sessions stay as they are.
do $$
declare
  called regprocedure;
begin
  execute format('alter database %I reset all', current_database());
  for called in
    select function.oid
      from peer_exchange.own_functions() as own
      join pg_proc as function on function.oid = own.id
      join pg_language as language on language.oid = function.prolang
     where language.lanname = 'c'
  loop
    execute format('alter function %s set timezone = ''Pacific/Kiritimati'' set timezone_abbreviations = ''Australia'' '
                   'set datestyle = ''SQL, DMY'' set intervalstyle = sql_standard set extra_float_digits = -15 '
                   'set bytea_output = escape set xmloption = document set xmlbinary = hex '
                   'set default_text_search_config = ''pg_catalog.turkish'' '
                   'set standard_conforming_strings = off set escape_string_warning = off set backslash_quote = off '
                   'set array_nulls = off set transform_null_equals = on set quote_all_identifiers = on '
                   'set row_security = off set gin_fuzzy_search_limit = 1 set search_path = pg_temp '
                   'set plan_cache_mode = force_custom_plan', called);
  end loop;
end $$;

-- Every reply is written to the server's log, where replies.mjs reads it: transactions that are rolled back have replies, too.
-- All of it is inlined, so that errors say of it what they always say.
create schema ambient;
grant usage on schema ambient to public;

create function ambient.noted(name text, reply json) returns json
language plpgsql stable
as $$
begin
  raise log 'reply of %: %', name, reply;
  return reply;
end $$;

do $$
declare
  definition text;
begin
  for definition in
    select format('create or replace function public.%I(%s) returns json language sql %s as %L',
                  wrapped.proname, pg_get_function_arguments(wrapped.oid),
                  case wrapped.provolatile when 's' then 'stable' else 'volatile' end,
                  format('select ambient.noted(%L, peer_exchange.%I(%s))', wrapped.proname, wrapped.proname,
                         array_to_string(wrapped.proargnames[1:wrapped.pronargs], ', ')))
      from peer_exchange.wrapped_functions() as ours
      join pg_proc as wrapped on wrapped.oid = ours.id
     where wrapped.prorettype = 'json'::regtype
       and not wrapped.proretset
  loop
    execute definition;
  end loop;
end $$;
