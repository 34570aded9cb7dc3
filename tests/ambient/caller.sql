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
