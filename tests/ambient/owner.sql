-- The owner herself lives far away: what her sessions begin with is what our statements and the application's triggers run
-- under. Where she is who runs the tests, that is only what these sessions say for themselves.
do $$
declare
  owner      regrole := (select relowner from pg_class where oid = 'public.client_sessions'::regclass);
  whose      text    := format('role %s in database %I', owner, current_database());
  configured text;
  settings   text[]  := array[
    'timezone = ''Pacific/Kiritimati''', 'timezone_abbreviations = ''Australia''', 'datestyle = ''SQL, DMY''',
    'intervalstyle = sql_standard', 'extra_float_digits = -15', 'bytea_output = escape', 'xmloption = document',
    'xmlbinary = hex', 'default_text_search_config = ''pg_catalog.turkish''', 'array_nulls = off', 'transform_null_equals = on'];
begin
  if owner <> current_user::regrole then
    settings := settings || array['standard_conforming_strings = off', 'escape_string_warning = off', 'backslash_quote = off',
                                  'quote_all_identifiers = on', 'row_security = off', 'gin_fuzzy_search_limit = 1'];
  end if;
  foreach configured in array settings loop
    execute format('alter %s set %s', whose, configured);
  end loop;
  execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database());
end $$;
