#!/usr/bin/env bash
# On a standby every function that writes fails with 25006, as any statement that writes does there: whoever is connected to
# the wrong server can tell, and turn to the other one. Without pg_cron, scheduling writes nothing.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"

for database in empty adopted; do
  called=''
  for caller in service person; do
    printed=$(CALLER=$caller psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" -f "$(dirname "$0")/lib/calls_that_write.sql" 2>&1)
    expect "$database, $caller: each is refused so" '' "$(grep -v ' 25006 ' <<< "$printed" || true)"
    called+=$(grep -o ' 25006 [a-z_]*' <<< "$printed" | cut -d' ' -f3)$'\n'
  done
  expect "$database: each that there is was called" '' \
    "$(comm -13 <(LC_ALL=C sort -u <<< "$called") \
                <(ask "$database" "select functions.name
                                     from peer_exchange.functions()
                                     join pg_proc as function on function.proname = functions.name
                                      and function.pronamespace = 'peer_exchange'::regnamespace
                                    where function.provolatile = 'v'
                                      and functions.name not like '%schedule_jobs'" | LC_ALL=C sort -u))"
done
