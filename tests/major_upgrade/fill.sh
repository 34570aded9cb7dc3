#!/usr/bin/env bash
# Fills a server of the oldest version and notes what there is.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/state.sh"

for database in "${kept_databases[@]}"; do
  run postgres <<< "create database $database"
done
run_file furnished "$WORKSPACE/tests/fixtures/supabase_roles.sql"
install_extension furnished
"$WORKSPACE/target/stress/peer_exchange_stress" "host=$PGHOST port=$PGPORT user=$PGUSER dbname=furnished" \
  --seed 1 --clients 8 --operations 3000 --people 20
adopt adopted
live adopted
remind adopted
for database in "${kept_databases[@]}"; do
  rows_of "$database" > "$TMPDIR/$database.rows"
  expect "$database: the ledger verifies" '' "$(ask "$database" 'select * from peer_exchange.verify_ledger()')"
done
expect_it_works adopted 'before'
