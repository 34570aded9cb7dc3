#!/usr/bin/env bash
# CREATE EXTENSION touches nothing of an application, and nobody has called setup() yet when the database is moved: what
# the one database has the other has, nobody can book in either, and setup() makes the same of both.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
run_file "$old" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$old" "$WORKSPACE/tests/fixtures/existing_app.sql"
# Functions with the very arguments of ours would come twice into the new database; whoever has some runs setup() first.
run "$old" <<< 'drop function public.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid), public.process_peer_booking_refund(uuid, text)'
run "$old" <<< 'create extension peer_exchange cascade'
run "$old" <<< "update public.credits set balance = 30, current_balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002'"

fresh_database new
dump_and_restore "$old" "$new"
expect_same 'the schema is the same' <(schema_of "$old") <(schema_of "$new")
expect_same 'every row is the same' <(data_of "$old") <(data_of "$new")
expect_same 'the catalog says the same' <(guards_of "$old") <(guards_of "$new")
for database in "$old" "$new"; do
  expect_part 'whoever books is told of setup()' 'Run peer_exchange.setup()' "$(error_of "$database" "
    select public.create_peer_booking('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
                                      current_date + 7, '10:00', 60, 'massage')")"
done

expect_same 'setup() does the same to both' \
  <(ask "$old" 'select * from peer_exchange.setup()') <(ask "$new" 'select * from peer_exchange.setup()')
expect_same 'after setup() the catalog says the same' <(guards_of "$old") <(guards_of "$new")
expect_it_works "$new" 'after the restore'
