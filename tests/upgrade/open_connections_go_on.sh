#!/usr/bin/env bash
# Connections that were open before the upgrade, with the library of the former version loaded and its plans made, go on
# after it with the new version: under the settings that hold, and to the last digit.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/dumps.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/former.sh"

ann=a0000000-0000-4000-8000-000000000001
ben=a0000000-0000-4000-8000-000000000002

for kind in furnish adopt; do
  fresh_database life
  with_former "$kind" "$life"
  live "$life"
  run "$life" <<< "alter database $life set peer_exchange.min_notice_minutes = 7"

  coproc open_session { psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$life" 2>&1; }
  say() { printf '%s\n' "$1" >&"${open_session[1]}"; }
  # hear WHAT EXPECTED: the next line that the session prints.
  hear() {
    local line
    read -r -t 60 line <&"${open_session[0]}" || fail "$1: no answer"
    expect "$kind: $1" "$2" "$line"
  }

  say "select peer_exchange.grant_credits('$ann', 500, 'Before') ->> 'amount';"
  hear 'it calls the former version' 500
  say "select public.create_peer_booking('$ann', '$ben', lifecycle.wednesday() + 7, '09:00', 30, 'massage') ->> 'success';"
  hear 'and books' true

  update "$life"

  say "select public.create_peer_booking('$ann', '$ben', lifecycle.wednesday() + 7, '11:00', 30, 'massage') ->> 'success';"
  hear 'it books as before' true
  say "select peer_exchange.grant_credits('$ann', 5, 'After') ->> 'amount';"
  hear 'it grants credits' 5
  say "select public.process_peer_booking_refund(id, 'ill') ->> 'success' from public.client_sessions where client_id = '$ann' and session_date = lifecycle.wednesday() + 7 and start_time = '09:00';"
  hear 'it cancels what was booked before' true
  say "select count(*) from peer_exchange.verify_ledger();"
  hear 'the ledger verifies' 0
  say "show peer_exchange.min_notice_minutes;"
  hear 'the settings of the database hold' 7
  say "set peer_exchange.credits_per_minute = 1.234567;"
  say "select public.get_practitioner_credit_cost('$ben', 450);"
  hear 'and so do those of the session, to the last digit' 556
  say "set peer_exchange.practitioner_roles = 'nobody';"
  say "select peer_exchange.practitioner_roles();"
  hear 'lists of them as well' '{nobody}'
  say "\\q"
  wait "$open_session_PID" || true
  expect "$kind: a new connection finds the new version" 'true' \
    "$(ask "$life" "select public.create_peer_booking('$ann', '$ben', lifecycle.wednesday() + 7, '13:00', 30, 'massage') ->> 'success'")"
done
