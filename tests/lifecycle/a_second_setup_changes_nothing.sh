#!/usr/bin/env bash
# setup() twice: the second time it says unchanged throughout, and nothing is different.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database empty
furnish "$empty"
schema_of "$empty" > "$TMPDIR/schema"
data_of "$empty" > "$TMPDIR/data"
expect 'an empty database: a dry run has nothing to say' 'unchanged' \
  "$(ask "$empty" 'select distinct action from peer_exchange.setup(dry_run => true)')"
expect 'an empty database: nor has a second run' 'unchanged' \
  "$(ask "$empty" 'select distinct action from peer_exchange.setup()')"
expect_same 'an empty database: the schema is the same' "$TMPDIR/schema" <(schema_of "$empty")
expect_same 'an empty database: the rows are the same' "$TMPDIR/data" <(data_of "$empty")

# Where rows contradict each other, every run says so until somebody has resolved it.
fresh_database adopted
run_file "$adopted" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$adopted" "$WORKSPACE/tests/fixtures/existing_app.sql"
run "$adopted" <<'SQL'
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
SQL
schema_of "$adopted" > "$TMPDIR/schema"
data_of "$adopted" > "$TMPDIR/data"
expect 'an adopted application: only the drifted balance is left to name' \
  'conflict|balance of user a0000000-0000-4000-8000-000000000002' \
  "$(ask "$adopted" "select action, object from peer_exchange.setup() where action <> 'unchanged'")"
expect_same 'an adopted application: the schema is the same' "$TMPDIR/schema" <(schema_of "$adopted")
expect_same 'an adopted application: the rows are the same' "$TMPDIR/data" <(data_of "$adopted")

run "$adopted" <<'SQL'
update public.credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
SQL
expect 'once it is mended nothing is left' 'unchanged' \
  "$(ask "$adopted" 'select distinct action from peer_exchange.setup()')"
