# Databases as pg_dump prints them. To be sourced after databases.sh.

# Newer minor versions fence a dump with a random key, so no two dumps would be equal.
dump() {
  pg_dump "$@" | grep -v -e '^\\restrict ' -e '^\\unrestrict '
}

schema_of() {
  dump --schema-only "$1"
}

# Every row of every table, in an order that no update changes.
data_of() {
  dump --data-only "$@" 2>/dev/null | LC_ALL=C sort
}

# The same without what the extension itself keeps, which goes with it.
data_of_application() {
  dump --data-only --exclude-schema=peer_exchange "$1" 2>/dev/null | LC_ALL=C sort
}

# As an administrator moves a database: into an empty one, stopping at the first error.
dump_and_restore() {
  pg_dump "$1" | psql -X -q -v ON_ERROR_STOP=1 -d "$2" >/dev/null
}

# What guards the tables and who may touch them, straight from the catalog.
guards_of() {
  psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$1" -f "$WORKSPACE/tests/lifecycle/lib/guards.sql" | LC_ALL=C sort
}
