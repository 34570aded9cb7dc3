#!/usr/bin/env bash
# Dumps what fill.sh made from the server on port $OLD_PORT, and restores it on this one.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/lib/state.sh"

run_file postgres "$WORKSPACE/tests/fixtures/supabase_roles.sql"
for database in "${kept_databases[@]}"; do
  run postgres <<< "create database $database"
  pg_dump --port "$OLD_PORT" "$database" | psql -X -q -v ON_ERROR_STOP=1 -d "$database" > /dev/null
done
