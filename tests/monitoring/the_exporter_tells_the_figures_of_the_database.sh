#!/usr/bin/env bash
# The real sql_exporter with the example's queries, by a login that is a member of peer_exchange_figures and nothing else.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
source tests/lifecycle/lib/application.sh
source tests/monitoring/lib/reader.sh

export_figures_of() {
  local database=$1 kind=$2
  create_reader
  "$PYTHON" tests/monitoring/lib/exporter.py "$database" "$reader" > "$TMPDIR/exported" || fail "$kind"
  expect "$kind: credits in circulation" \
    "$(ask "$database" 'select in_circulation, owed, held from peer_exchange.circulation_figures()')" \
    "$(sed -n 's/^peer_exchange_circulation //p' "$TMPDIR/exported")"
  expect "$kind: bookings of today" \
    "$(ask "$database" "select bookings, credits from peer_exchange.booking_figures(current_date, current_date, 'UTC')")" \
    "$(sed -n 's/^peer_exchange_bookings_today //p' "$TMPDIR/exported")"
  expect "$kind: the ledger" "$(ask "$database" 'select count(*) from peer_exchange.verify_ledger()')" \
    "$(sed -n 's/^peer_exchange_ledger //p' "$TMPDIR/exported")"
}

fresh_database empty
furnish "$empty"
export_figures_of "$empty" 'a database without a booking'
live "$empty"
export_figures_of "$empty" 'a database with bookings'

fresh_database adopted
adopt "$adopted"
live "$adopted"
export_figures_of "$adopted" 'an adopted application'
