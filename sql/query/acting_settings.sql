-- $1 the owner of the tables, $2 names of settings, $3 what the server's configuration says of each, NULL where this
-- session can't tell, since its client or its role has put something else in its place. What they are in a fresh session
-- of the owner's.
with fresh as (
  select named.name, named.position,
         coalesce((select substr(setting, length(named.name) + 2)
                     from pg_db_role_setting as configured
                    cross join unnest(configured.setconfig) as setting
                    where lower(split_part(setting, '=', 1) collate "C") = lower(named.name collate "C")
                      and configured.setrole in ($1, 0)
                      and configured.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                    order by configured.setrole = 0, configured.setdatabase = 0
                    limit 1),
                  named.of_server,
                  (select written.setting
                     from pg_file_settings as written
                    where lower(written.name collate "C") = lower(named.name collate "C")
                      and written.applied
                    order by written.seqno desc
                    limit 1),
                  (select known.boot_val from pg_settings as known where known.name = named.name)) as value
    from unnest($2, $3) with ordinality as named (name, of_server, position)
), path as (
  -- But for pg_catalog, which comes first, and for the session's temporary schema, in which a caller may have put anything.
  select concat_ws(', ', 'pg_catalog', string_agg(entry, ', ' order by listed.position), 'pg_temp') as value
    from fresh
   cross join string_to_table(fresh.value, ',') with ordinality as listed (untrimmed, position)
   cross join btrim(untrimmed) as entry
   where fresh.name = 'search_path'
     and entry <> ''
     and lower(btrim(entry, '"') collate "C") not in ('pg_catalog', 'pg_temp')
)
select fresh.name,
       case fresh.name when 'search_path' then (select path.value from path) else fresh.value end as value
  from fresh
 order by fresh.position
