#!/usr/bin/env bash
# Refusals come along in a dump, and so does their count; only DROP EXTENSION takes them. The
# figures are the same in the new database, and after CREATE EXTENSION all but those of refusals.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

refusals_of() {
  ask "$1" 'select id, rpc, error_code, client_id is not null from peer_exchange.refusals order by id'
}

# As the service reads them.
figures_of() {
  ask "$1" "set role service_role;
    select sum(bookings), sum(credits) from peer_exchange.bookings_by_day;
    select cancelled_by, cancellations, credits_refunded from peer_exchange.cancellations;
    select * from peer_exchange.credits_in_circulation;
    select sum(granted), sum(paid), sum(refunded), max(in_circulation) from peer_exchange.credits_by_day;
    select spent from peer_exchange.credit_velocity;
    select name, earned from peer_exchange.top_earners;
    select name, spent from peer_exchange.top_spenders;
    select name from peer_exchange.inactive_practitioners;
    select type, sum(notifications) from peer_exchange.notification_delivery group by type order by type"
}

refused_figures_of() {
  ask "$1" "set role service_role;
    select sum(refusals) from peer_exchange.bookings_by_day;
    select rpc, error_code, sum(refusals) from peer_exchange.refusals_by_day group by rpc, error_code"
}

refuse() {
  ask "$1" "select public.process_peer_booking_refund('00000000-0000-0000-0000-000000000000') ->> 'error_code'"
}

fresh_database old
furnish "$old"
live "$old"
expect_part 'there are figures' 'peer_credits_deducted|3' "$(figures_of "$old")"
expect 'a refusal is remembered' '1|create_peer_booking|SLOT_CONFLICT|t' "$(refusals_of "$old")"

for format in plain custom; do
  fresh_database new
  pg_dump --format="$format" --file="$TMPDIR/refusals.dump" "$old"
  if [ "$format" = custom ]; then
    pg_restore --exit-on-error --dbname="$new" "$TMPDIR/refusals.dump"
  else
    run_file "$new" "$TMPDIR/refusals.dump"
  fi
  expect "$format: the refusals are there after the restore" "$(refusals_of "$old")" "$(refusals_of "$new")"
  expect "$format: the figures are the same" "$(figures_of "$old")" "$(figures_of "$new")"
  expect "$format: those of refusals, too" "$(refused_figures_of "$old")" "$(refused_figures_of "$new")"
  expect "$format: the next one is refused as before" 'SESSION_NOT_FOUND' "$(refuse "$new")"
  expect "$format: and counted on" '2' "$(ask "$new" 'select max(id) from peer_exchange.refusals')"
done

figures_of "$old" > "$TMPDIR/figures"
run "$old" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade; create extension peer_exchange cascade; select * from peer_exchange.setup()'
expect 'a new extension begins anew' '' "$(refusals_of "$old")"
expect 'but with the figures of the tables' "$(cat "$TMPDIR/figures")" "$(figures_of "$old")"
expect 'and refuses as before' 'SESSION_NOT_FOUND' "$(refuse "$old")"
