-- $1 the owner of the tables. Where a statement of the owner's own would look for names, but for pg_catalog,
-- which comes first, and for the session's temporary schema, in which a caller may have put anything.
select concat_ws(', ', 'pg_catalog', string_agg(entry, ', ' order by position), 'pg_temp') as search_path
  from (select coalesce(
                 (select substr(setting, length('search_path=') + 1)
                    from pg_db_role_setting as configured
                   cross join unnest(configured.setconfig) as setting
                   where setting like 'search\_path=%'
                     and configured.setrole in ($1, 0)
                     and configured.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                   order by configured.setrole = 0, configured.setdatabase = 0
                   limit 1),
                 '"$user", public') as path) as configured
 cross join string_to_table(configured.path, ',') with ordinality as listed (untrimmed, position)
 cross join btrim(untrimmed) as entry
 where entry <> ''
   and lower(btrim(entry, '"')) not in ('pg_catalog', 'pg_temp')
