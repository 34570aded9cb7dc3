#!/usr/bin/env bash
# Among ten thousand practitioners a selective search is answered from indexes: the plans are those
# of the statements that really run, as auto_explain logs them. The first search of a connection has a plan of its
# own; after some more Postgres may keep one for all arguments.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"

fresh_database town
run "$town" <<'SQL'
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
insert into public.users (first_name, last_name, user_role, location, specializations)
select (array['Ann', 'Ben', 'Cyd', 'Dee', 'Eli', 'Fay', 'Gus'])[1 + n % 7], 'Number' || md5(n::text), 'osteopath',
       (array['Bath', 'Leeds', 'Paris', 'Zürich', 'Porto'])[1 + n % 5] || ' ' || n % 300,
       array[(array['Back', 'Neck', 'Sports injuries', 'Pregnancy'])[1 + n % 4], 'Code ' || n % 500]
  from generate_series(1, 10000) as n;
insert into public.practitioner_availability (user_id, timezone)
select id, 'Europe/Paris' from public.users;
insert into public.cancellation_policies (practitioner_id)
select id from public.users;
insert into public.calendar_events (user_id, start_time, end_time)
select id, now() + day * interval '1 day', now() + day * interval '1 day 1 hour'
  from public.users, generate_series(1, 3) as day;
insert into public.client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, status, is_peer_booking)
select giver.id, taker.id, current_date - 1000 + n, '10:00', 60, 'completed', true
  from generate_series(1, 20) as n,
       (select id, lead(id) over (order by id) as next_id from public.users limit 1000) as giver
  join public.users as taker on taker.id = giver.next_id;
vacuum analyze;
SQL

# plans_of SEARCH TIMES: what the statements of so many searches read, as a list of scans.
plans_of() {
  psql -X -q -A -t -d "$town" 2>&1 >/dev/null <<SQL | grep -oE '(Seq|Index|Index Only|Bitmap Heap|Bitmap Index) Scan (on|using) [a-z_]+( on [a-z_]+)?' | sort -u
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_nested_statements = on;
set client_min_messages = log;
select public.search_peer_practitioners($1) from generate_series(1, $2);
SQL
}

for search in "'$(printf 42 | md5sum | cut -c1-9)'" "null, null, 'PARIS 17'" "null, null, null, 'code 77'" "'ann', null, 'zurich 3', 'code 13'"; do
  for times in 1 12; do
    plans=$(plans_of "$search" "$times")
    expect_part "search_peer_practitioners($search), $times times, looks words up" 'Bitmap Index Scan on search_entries_trigrams' "$plans"
    expect "search_peer_practitioners($search), $times times, reads no table from end to end" '' "$(grep Seq <<< "$plans" | grep -v ' on pg_' || true)"
  done
done
expect_part 'completed sessions are counted from an index' 'Index Only Scan using client_sessions_completed_idx' "$(plans_of "'$(printf 42 | md5sum | cut -c1-9)'" 1)"
expect 'and the search finds whom it should' '1|20' \
  "$(ask "$town" "select total, practitioner -> 'completed_sessions'
       from (select id from public.users order by id limit 1) as first,
            lateral (select reply -> 'total' as total, reply -> 'practitioners' -> 0 as practitioner
                       from public.users, public.search_peer_practitioners(last_name) as reply where users.id = first.id) as found" | tr -d ' ')"
