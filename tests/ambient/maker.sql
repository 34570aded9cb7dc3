-- Whoever creates the extension and runs setup() has odd settings. caller.sql takes them back.
do $$
declare
  configured text;
begin
  foreach configured in array array[
    'timezone = ''Pacific/Kiritimati''', 'timezone_abbreviations = ''Australia''', 'datestyle = ''SQL, DMY''',
    'intervalstyle = sql_standard', 'extra_float_digits = -15', 'bytea_output = escape', 'xmloption = document', 'xmlbinary = hex',
    'default_text_search_config = ''pg_catalog.turkish''', 'standard_conforming_strings = off', 'escape_string_warning = off',
    'backslash_quote = off', 'array_nulls = off', 'transform_null_equals = on', 'quote_all_identifiers = on',
    'plan_cache_mode = force_generic_plan', 'check_function_bodies = off']
  loop
    execute format('alter database %I set %s', current_database(), configured);
  end loop;
end $$;
