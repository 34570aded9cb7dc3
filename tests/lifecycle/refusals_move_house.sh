#!/usr/bin/env bash
# What was refused comes along in a dump, and so does the count of it; only DROP EXTENSION takes it.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

refusals_of() {
  ask "$1" 'select id, rpc, error_code, client_id is not null from peer_exchange.refusals order by id'
}

refuse() {
  ask "$1" "select public.process_peer_booking_refund('00000000-0000-0000-0000-000000000000') ->> 'error_code'"
}

fresh_database old
furnish "$old"
live "$old"
expect 'a refusal is remembered' '1|create_peer_booking|SLOT_CONFLICT|t' "$(refusals_of "$old")"

for format in plain custom; do
  fresh_database new
  pg_dump --format="$format" --file="$TMPDIR/refusals.dump" "$old"
  if [ "$format" = custom ]; then
    pg_restore --exit-on-error --dbname="$new" "$TMPDIR/refusals.dump"
  else
    run_file "$new" "$TMPDIR/refusals.dump"
  fi
  expect "$format: it is there after the move" "$(refusals_of "$old")" "$(refusals_of "$new")"
  expect "$format: the next one is refused as before" 'SESSION_NOT_FOUND' "$(refuse "$new")"
  expect "$format: and counted on" '2' "$(ask "$new" 'select max(id) from peer_exchange.refusals')"
done

run "$old" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade; create extension peer_exchange cascade'
expect 'a new extension begins anew' '' "$(refusals_of "$old")"
expect 'and refuses as before' 'SESSION_NOT_FOUND' "$(refuse "$old")"
