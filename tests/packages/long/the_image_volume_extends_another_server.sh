#!/usr/bin/env bash
# A PostgreSQL 18 without our files, and the folder mounted where CloudNativePG mounts it, with the settings that it makes.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
source tests/lifecycle/lib/application.sh

programs=$(echo "$WORKSPACE"/target/xtask/postgresql/18.*/bin)
volume=$TMPDIR/extensions/peer-exchange
data=$TMPDIR/data-18
mkdir -p "$TMPDIR/extensions"
cp -R "$PACKAGES/image-volume-18" "$volume"
chmod -R a+rX "$TMPDIR"
install --directory --owner=postgres "$data"
as_postgres() { runuser -u postgres -- env LD_LIBRARY_PATH="$programs/../lib" "$@"; }
as_postgres "$programs/initdb" --auth=trust --no-sync -D "$data" >/dev/null
cat >> "$data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$data'
fsync = off
timezone = 'UTC'
extension_control_path = '\$system:$volume/share'
dynamic_library_path = '\$libdir:$volume/lib'
SETTINGS
as_postgres "$programs/pg_ctl" --wait --log="$data/log" -D "$data" start >/dev/null
trap 'as_postgres "$programs/pg_ctl" --mode=immediate -D "$data" stop >/dev/null' EXIT

export PGHOST=$data PGUSER=postgres PATH="$programs:$PATH" LD_LIBRARY_PATH="$programs/../lib"
! compgen -G "$("$programs/pg_config" --pkglibdir)/peer_exchange*.so" >/dev/null || fail 'the server has the library of its own'
fresh_database shop
furnish "$shop"
expect_it_works "$shop" 'PostgreSQL 18 with the volume'
