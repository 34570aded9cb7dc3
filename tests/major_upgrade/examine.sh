#!/usr/bin/env bash
# Every row is where fill.sh found it, the extension works, and setup() has nothing to do.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/dumps.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/state.sh"

version=$(ask postgres 'show server_version')
for database in "${kept_databases[@]}"; do
  expect_same "$version: every row of $database is the same" "$TMPDIR/$database.rows" <(rows_of "$database")
  expect "$version: the ledger of $database verifies" '' "$(ask "$database" 'select * from peer_exchange.verify_ledger()')"
  expect "$version: setup() finds nothing to do in $database" 'unchanged' \
    "$(ask "$database" 'select distinct action from peer_exchange.setup()')"
done
expect_it_works adopted "$version"
