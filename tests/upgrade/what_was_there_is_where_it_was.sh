#!/usr/bin/env bash
# A database of the former version under load, upgraded: every credit, entry, session and notification is where it was,
# and so is what the extension keeps and what an administrator granted; the ledger verifies.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/dumps.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/former.sh"

fresh_database loaded
extension_version=$former_version
run_file "$loaded" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
install_extension "$loaded"
load "$loaded" 3000
# What the load has none of.
run "$loaded" <<'SQL'
select public.reschedule_peer_booking(id, session_date + 1, '06:00', 'moved') from public.client_sessions
 where is_peer_booking and status = 'scheduled' and session_date > current_date + 2 limit 50;
insert into peer_exchange.sent_reminders (starts_at, session_id, minutes_before)
select lower(occupied_during), id, 1440 from public.client_sessions where occupied_during is not null limit 5;
do $$ begin
  if not exists (select from pg_roles where rolname = 'life_figures') then create role life_figures; end if;
end $$;
grant usage on schema peer_exchange to life_figures;
grant select on peer_exchange.bookings_by_day, peer_exchange.refusals to life_figures;
grant execute on function peer_exchange.verify_ledger() to life_figures;
SQL
# The new version has these tables more.
data_of_former() {
  data_of "$1" --exclude-table-data=peer_exchange.awaited_charges --exclude-table-data=peer_exchange.accepted_findings \
    --exclude-table-data=peer_exchange.departures --exclude-table-data=peer_exchange.calendar_feeds
}
data_of_former "$loaded" > "$TMPDIR/data"
expect 'the load has left something of everything' 't|t|t|t|t' \
  "$(ask "$loaded" 'select (select count(*) > 100 from public.credit_transactions), (select count(*) > 100 from public.notifications),
       (select count(*) > 0 from peer_exchange.session_moves), (select count(*) > 0 from peer_exchange.refusals),
       (select count(*) > 0 from peer_exchange.search_entries)')"

update "$loaded"
expect 'every active session keeps the zone in which it was promised' 't' \
  "$(ask "$loaded" 'select bool_and(occupied_timezone is not null) from public.client_sessions where occupied_during is not null')"
# And columns more.
fresh_database as_before
psql -X -q -v ON_ERROR_STOP=1 -d postgres -c "drop database $as_before" -c "create database $as_before template $loaded"
run "$as_before" <<'SQL'
alter table public.client_sessions
  drop column occupied_timezone, drop column requested_at, drop column accepted_at, drop column held_credits,
  drop column no_show_reported_by, drop column no_show_reported_at, drop column no_show_reason, drop column disputed_at,
  drop column dispute_reason, drop column settled_at, drop column rating, drop column rating_comment, drop column rated_at;
alter table public.users drop column visit_address;
alter table public.credits drop column held;
alter table public.credit_transactions drop column held_before, drop column held_after;
alter table peer_exchange.session_moves drop column previous_starts_at, drop column previous_timezone, drop column starts_at, drop column timezone;
SQL
expect_same 'every row is the same' "$TMPDIR/data" <(data_of_former "$as_before")
expect 'the ledger explains every balance' '' "$(ask "$loaded" 'select * from peer_exchange.verify_ledger()')"
expect 'what was granted to others is still granted' 't|t|t' \
  "$(ask "$loaded" "select has_table_privilege('life_figures', 'peer_exchange.bookings_by_day', 'select'),
       has_table_privilege('life_figures', 'peer_exchange.refusals', 'select'),
       has_function_privilege('life_figures', 'peer_exchange.verify_ledger()', 'execute')")"
