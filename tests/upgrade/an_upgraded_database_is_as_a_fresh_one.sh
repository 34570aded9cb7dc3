#!/usr/bin/env bash
# A database of the former version, made by setup() or adopted, is after ALTER EXTENSION UPDATE and setup() what a
# fresh one of this version is, and everything works in it.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/dumps.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/former.sh"

widened='CONSTRAINT credit_transactions_transaction_type_check CHECK'

for kind in furnish adopt; do
  fresh_database former
  fresh_database fresh
  with_former "$kind" "$former"
  "$kind" "$fresh"
  expect "$kind: it begins with the former version" "$former_version" \
    "$(ask "$former" "select extversion from pg_extension where extname = 'peer_exchange'")"
  update "$former"
  expect_same "$kind: the extension is the same" <(catalog_of "$fresh") <(catalog_of "$former")
  expect_same "$kind: the tables are guarded in the same way" <(guards_of "$fresh") <(guards_of "$former")
  # What both have moved out of the way is nobody's any more; who may still execute it, each version leaves as it finds it.
  # The values that a column admits are compared with the guards: two versions have widened them here, and one there.
  expect_same "$kind: the schema is the same" \
    <(dump --schema-only --exclude-schema=peer_exchange_legacy "$fresh" | sed "/$widened/d") \
    <(dump --schema-only --exclude-schema=peer_exchange_legacy "$former" | sed "/$widened/d")
  expect "$kind: setup() finds nothing to do" 'unchanged' \
    "$(ask "$former" 'select distinct action from peer_exchange.setup()')"
  expect_it_works "$former" "$kind"
done
