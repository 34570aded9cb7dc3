#!/usr/bin/env bash
# Sessions of every hour around both changes of the clock, in four time zones: what two readers of iCalendar make of the feed is what
# the database says, once by time zones of their own and once by nothing but what the feed brings along.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
source tests/lifecycle/lib/application.sh

fresh_database calendars
furnish "$calendars"
run_file "$calendars" tests/calendars/lib/sessions.sql

told() {
  ask "$calendars" "select format('%s@peer-exchange %s %s', id, to_char(lower(occupied_during) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
                                  to_char(upper(occupied_during) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))
                     from public.client_sessions order by id::text collate \"C\"" > "$TMPDIR/told"
}

# Named as no reader knows it, a time zone is what its description says.
read_by_both() {
  local how=$1 feed=$2
  "$PYTHON" tests/calendars/lib/read.py < "$feed" | LC_ALL=C sort > "$TMPDIR/by_icalendar"
  expect_same "icalendar, $how" "$TMPDIR/told" "$TMPDIR/by_icalendar"
  node tests/calendars/lib/read.mjs < "$feed" | LC_ALL=C sort > "$TMPDIR/by_ical.js"
  expect_same "ical.js, $how" "$TMPDIR/told" "$TMPDIR/by_ical.js"
}

told
expect 'sessions' 't' "$(ask "$calendars" 'select count(*) > 200 from public.client_sessions')"
psql -X -q -A -t -d "$calendars" -c "select peer_exchange.get_calendar_feed('a secret')" > "$TMPDIR/feed.ics"
read_by_both 'time zones of its own' "$TMPDIR/feed.ics"
sed 's/TZID\([:=]\)[A-Za-z]*\//TZID\1Unknown\//' "$TMPDIR/feed.ics" > "$TMPDIR/renamed.ics"
expect 'renamed' '0' "$(grep -c 'TZID[:=]\(Europe\|America\|Australia\|Asia\)' "$TMPDIR/renamed.ics" || true)"
read_by_both 'time zones that come along' "$TMPDIR/renamed.ics"
