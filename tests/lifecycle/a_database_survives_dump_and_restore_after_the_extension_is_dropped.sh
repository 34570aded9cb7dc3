#!/usr/bin/env bash
# A database from which the extension was dropped moves to a server that never had it, and from there
# back: CREATE EXTENSION and setup() find its tables and guard them again.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
furnish "$old"
live "$old"
guards_of "$old" > "$TMPDIR/guards"
run "$old" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade'

fresh_database new
pg_dump "$old" > "$TMPDIR/dump.sql"
expect 'the dump names no library and no function of the extension' '0' \
  "$(grep -c -i -e 'extension.*peer_exchange' -e 'peer_exchange\.[a-z_]*(' "$TMPDIR/dump.sql" || true)"
run_file "$new" "$TMPDIR/dump.sql"
expect_same 'every row is the same' <(data_of "$old") <(data_of "$new")
run "$new" <<< 'create extension peer_exchange cascade; select * from peer_exchange.setup()'
expect_same 'the guards are those of the beginning' "$TMPDIR/guards" <(guards_of "$new")
expect_it_works "$new" 'after the restore'
