#!/usr/bin/env bash
# A dump names no grant to peer_exchange_figures, so it is restored where there is no such role, which the extension makes
# again. After DROP EXTENSION nothing but the empty schema knows the role.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"
source "$(dirname "$0")/lib/roles.sh"

put_roles_aside
fresh_database old
furnish "$old"
expect 'the extension has made the role' 't' \
  "$(ask "$old" "select exists (select from pg_roles where rolname = 'peer_exchange_figures' and not rolcanlogin)")"
pg_dump --file="$TMPDIR/figures.dump" "$old"
expect 'a dump does not name it' '' "$(grep -n 'TO peer_exchange_figures' "$TMPDIR/figures.dump" || true)"

run "$old" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade'
expect 'nor does one without the extension' '' "$(pg_dump "$old" | grep 'peer_exchange_figures' || true)"
run "$old" <<< 'drop schema peer_exchange; drop role peer_exchange_figures'
echo 'ok: once the empty schema is gone nothing holds the role'

fresh_database new
run_file "$new" "$TMPDIR/figures.dump"
run "$new" <<< 'create role life_reader login in role peer_exchange_figures'
expect 'after the restore a member reads figures' '120' \
  "$(ask "$new" 'set role life_reader; select in_circulation from peer_exchange.credits_in_circulation')"
expect 'and setup() finds nothing to do' 'unchanged' \
  "$(ask "$new" 'select distinct action from peer_exchange.setup()')"
run "$new" <<< 'drop role life_reader'
