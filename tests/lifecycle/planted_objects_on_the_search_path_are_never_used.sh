#!/usr/bin/env bash
# An administrator installs the extension where somebody has laid traps: functions, operators, tables
# and types of the names that the script uses, in public, where btree_gist goes and where its script
# looks therefore, or first on the search path. None of them is used, and what comes out is what comes
# out elsewhere.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

# The tables as they would be, without the traps themselves.
tables_of() {
  dump --schema-only -t 'public.*' "$1"
}

for case in furnish:public adopt:public furnish:planted,public,pg_catalog adopt:planted,public,pg_catalog; do
  kind=${case%%:*}
  path=${case#*:}
  fresh_database trapped
  run_file "$trapped" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
  if [ "$kind" = adopt ]; then
    run_file "$trapped" "$WORKSPACE/tests/fixtures/existing_app.sql"
  fi
  run_file "$trapped" "$WORKSPACE/tests/lifecycle/lib/planted.sql"
  run "$trapped" <<< "alter database $trapped set search_path = $path"
  run "$trapped" <<< 'create extension peer_exchange cascade'
  run "$trapped" <<< 'select * from peer_exchange.setup()'
  expect "$kind, path $path: nobody fell into a trap while installing" '' \
    "$(ask "$trapped" 'select distinct who from planted.trapped order by who')"

  fresh_database usual
  "$kind" "$usual"
  expect_same "$kind, path $path: the tables are what they are elsewhere" <(tables_of "$usual") <(tables_of "$trapped")

  run "$trapped" <<< "alter database $trapped set search_path = planted, public, pg_catalog"
  run "$trapped" <<'SQL'
insert into public.users (id, email, first_name, last_name, user_role)
values ('c0000000-0000-4000-8000-000000000001', 'fay@example.test', 'Fay', 'Field', 'osteopath'),
       ('c0000000-0000-4000-8000-000000000002', 'gus@example.test', 'Gus', 'Green', 'osteopath');
SQL
  granted=$(ask "$trapped" "select peer_exchange.grant_credits('c0000000-0000-4000-8000-000000000001', 60, 'Welcome')")
  expect_part "$kind, path $path: granting works on that path" '"success":true' "${granted// /}"
  booked=$(ask "$trapped" "select public.create_peer_booking('c0000000-0000-4000-8000-000000000001',
      'c0000000-0000-4000-8000-000000000002', current_date + 7, '10:00', 60, 'massage')")
  expect_part "$kind, path $path: booking works on that path" '"success":true' "${booked// /}"
  session_id=$(sed 's/.*"session_id": *"\([^"]*\)".*/\1/' <<< "$booked")
  refunded=$(ask "$trapped" "select public.process_peer_booking_refund('$session_id')")
  expect_part "$kind, path $path: refunding works on that path" '"refunded_credits":60' "${refunded// /}"
  expect "$kind, path $path: nobody fell into a trap while booking" '' \
    "$(ask "$trapped" 'select distinct who from planted.trapped order by who')"
done
