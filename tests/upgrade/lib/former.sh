# The version that was released before this one, which the suite has put beside it. To be sourced after
# databases.sh, dumps.sh and application.sh.

former_version=$(basename "$WORKSPACE"/sql/install/peer_exchange--*.sql .sql)
former_version=${former_version#peer_exchange--}

# with_former COMMAND ARGUMENT…: what it installs is the former version.
with_former() {
  local extension_version=$former_version
  "$@"
}

update() {
  run "$1" <<'SQL'
set client_min_messages = warning;
alter extension peer_exchange update;
select * from peer_exchange.setup();
SQL
}

# What belongs to the extension, a fact a line.
catalog_of() {
  psql -X -v ON_ERROR_STOP=1 -d "$1" -f "$WORKSPACE/tests/upgrade/lib/catalog.sql" | LC_ALL=C sort
}

# load DATABASE OPERATIONS: credits, bookings, moves and refunds by many connections, audited at the end.
load() {
  "$WORKSPACE/target/stress/peer_exchange_stress" \
    "host=$PGHOST port=$PGPORT user=$PGUSER dbname=$1" --seed 1 --clients 8 --operations "$2" --people 20
}
