#!/usr/bin/env bash
# CREATE EXTENSION without CASCADE, and without btree_gist: Postgres' own message says what to do, and
# nothing is left behind. With btree_gist there, no CASCADE is needed.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"

fresh_database life
message=$(error_of "$life" 'create extension peer_exchange')
expect_part 'the missing extension is named' 'ERROR:  42704: required extension "btree_gist" is not installed' "$message"
expect_part 'and the way out' 'HINT:  Use CREATE EXTENSION ... CASCADE to install required extensions too.' "$message"
expect 'nothing is left behind' '0' \
  "$(ask "$life" "select count(*) from pg_namespace where nspname like 'peer\_exchange%'")"

run "$life" <<'SQL'
set client_min_messages = warning;
create schema elsewhere;
create extension btree_gist schema elsewhere;
create extension peer_exchange;
select * from peer_exchange.setup();
SQL
expect 'btree_gist may live where it likes' 'unchanged' \
  "$(ask "$life" 'select distinct action from peer_exchange.setup()')"
