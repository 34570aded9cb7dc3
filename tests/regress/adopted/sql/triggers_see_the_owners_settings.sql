-- A trigger of the application sees inside our calls the settings of a fresh session of the owner's, whatever a caller has
-- set; and she has hers again afterwards.
begin;
call story.starts();
create procedure pg_temp.configures(setting text, value text) language plpgsql as $$
begin
  execute format('alter role %s in database %I set %s = %L',
                 (select relowner::regrole from pg_class where oid = 'public.client_sessions'::regclass),
                 current_database(), setting, value);
end $$;
call pg_temp.configures('timezone', 'America/New_York');
call pg_temp.configures('timezone_abbreviations', 'India');
call pg_temp.configures('datestyle', 'German, DMY');
call pg_temp.configures('intervalstyle', 'iso_8601');
call pg_temp.configures('extra_float_digits', '0');
call pg_temp.configures('bytea_output', 'escape');
call pg_temp.configures('xmloption', 'document');
call pg_temp.configures('default_text_search_config', 'pg_catalog.simple');
call pg_temp.configures('array_nulls', 'off');
call pg_temp.configures('transform_null_equals', 'on');
call pg_temp.configures('quote_all_identifiers', 'off');
call pg_temp.configures('row_security', 'on');
create table story.seen (setting text, value text);
grant select, insert on story.seen to public;
create function story.sees() returns trigger language plpgsql as $$
begin
  insert into story.seen
  select setting, current_setting(setting)
    from unnest(array['TimeZone', 'timezone_abbreviations', 'DateStyle', 'IntervalStyle', 'extra_float_digits', 'bytea_output', 'xmloption',
                      'default_text_search_config', 'array_nulls', 'transform_null_equals', 'row_security']) as setting;
  return new;
end $$;
create trigger sees before insert on client_sessions for each row execute function story.sees();

call signs_in('Ann');
set local role authenticated;
set local timezone = 'Pacific/Kiritimati';
set local timezone_abbreviations = 'Australia';
set local datestyle = 'SQL, MDY';
set local intervalstyle = 'sql_standard';
set local extra_float_digits = 3;
set local bytea_output = hex;
set local xmloption = content;
set local default_text_search_config = 'pg_catalog.turkish';
set local row_security = off;
select book('Ann', 'Ben') -> 'success' as booked;
select setting, value from story.seen order by setting collate "C";
select current_setting('TimeZone') as zone, current_setting('DateStyle') as date_style,
       current_setting('extra_float_digits') as digits, current_setting('row_security') as row_security;
rollback;
