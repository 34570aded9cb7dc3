#!/usr/bin/env bash
# Where texts are not UTF-8, CREATE EXTENSION says so and leaves nothing behind.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"

for encoding in LATIN1 SQL_ASCII; do
  fresh_database other "template template0 encoding '$encoding' locale 'C'"
  message=$(error_of "$other" 'create extension peer_exchange cascade')
  expect_part "$encoding: what is wrong is said" \
    "ERROR:  0A000: peer_exchange needs a database of encoding UTF8, and this one is of $encoding" "$message"
  expect_part "$encoding: and the way out" "HINT:  An encoding can't be changed: make a database with ENCODING 'UTF8'" "$message"
  expect "$encoding: nothing is left behind" '0' \
    "$(ask "$other" "select count(*) from pg_namespace where nspname like 'peer\_exchange%'")"
done
