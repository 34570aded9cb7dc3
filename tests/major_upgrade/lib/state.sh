# Two databases that a server keeps through its own upgrades: one that setup() made and that a load has been through, and
# an application that was adopted. To be sourced after databases.sh and application.sh.

kept_databases=(furnished adopted)

# Every row of every table, as a count and a digest for each: pg_dump of two versions prints the same rows differently.
rows_of() {
  psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$1" <<'SQL'
select format('select %L, count(*), md5(string_agg(found::text, E''\n'' order by found::text collate "C")) from %s as found',
              oid::regclass, oid::regclass)
  from pg_class
 where relkind = 'r' and relnamespace in ('public'::regnamespace, 'peer_exchange'::regnamespace)
 order by oid::regclass::text collate "C" \gexec
SQL
}
