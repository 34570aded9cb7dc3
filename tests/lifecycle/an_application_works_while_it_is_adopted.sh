#!/usr/bin/env bash
# An application goes on booking, paying and cancelling while it is adopted by steps: nobody waits for long, nobody is
# killed, no trigger of its own fires for what is derived, and then there is nothing left for setup() to do.
# ADOPTED_SESSIONS says how many sessions it has besides; who says it measures, and two seconds are long. Otherwise half of
# the adoption is, however slow the machine.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
sessions=${ADOPTED_SESSIONS:-20000}

fresh_database grown
run_file "$grown" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$grown" "$WORKSPACE/tests/fixtures/self_settling_app.sql"
psql -X -q -v ON_ERROR_STOP=1 -v sessions="$sessions" -d "$grown" \
  -f "$WORKSPACE/tests/fixtures/self_settling_app/many_sessions.sql" >/dev/null
run_file "$grown" "$WORKSPACE/tests/lifecycle/lib/work.sql"
run "$grown" <<< 'create extension peer_exchange cascade'

own_triggers="select string_agg(format('%s %s %s', tgrelid::regclass, tgname, tgenabled), ', ' order by tgrelid, tgname)
                from pg_trigger where not tgisinternal and tgname not like '%peer\_exchange%'"
untouched="select count(*) from public.client_sessions where client_name = 'Many' and notes is null and updated_at is not null
              and exists (select from public.session_audit where session_id = client_sessions.id)"
triggers=$(ask "$grown" "$own_triggers")
circulating=$(ask "$grown" 'select sum(balance) from public.credits')

work=$(mktemp -d)
# In shifts, so that they end soon after the adoption.
works() {
  local shift=0
  while [ ! -e "$work/over" ]; do
    shift=$((shift + 1))
    pgbench -n -c 6 -j 1 -T 2 -l --log-prefix="$work/shift$shift" \
      -f "$work/books.sql@5" -f "$work/cancels.sql@3" -f "$work/notes.sql@2" "$grown" >>"$work/report" 2>&1
  done
}
for what in books_and_pays cancels notes; do
  echo "select work.$what();" > "$work/${what%_and_pays}.sql"
done
works &
working=$!
sleep 2
begun=$(date +%s%N)
psql -X -q -v ON_ERROR_STOP=1 -d "$grown" >/dev/null <<< 'select statement from peer_exchange.adoption_script() \gexec' \
  || fail 'the adoption was broken off'
took=$(( ($(date +%s%N) - begun) / 1000000 ))
touch "$work/over"
wait "$working" || fail "$(cat "$work/report")"

expect 'no transaction failed, and none was killed' '' \
  "$(grep -E 'aborted|number of failed transactions: [^0]' "$work/report" || true)"
long=${ADOPTED_SESSIONS:+2000}
awk -v took="$took" -v long="${long:-$(( took / 2 ))}" '{ if ($3 > longest) longest = $3 }
  END { printf "adopted in %.1f s; %d transactions meanwhile, the longest %.0f ms\n", took / 1000, NR, longest / 1000;
        exit NR < 100 || longest >= long * 1000 }' "$work"/shift* || fail 'somebody waited for long, or hardly anything was done'

begun=$(date +%s%N)
expect 'there is nothing left to do' '' \
  "$(ask "$grown" "select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict')")"
echo "to find that out took $(( ($(date +%s%N) - begun) / 1000000 )) ms"
expect 'no sessions overlap' '0' \
  "$(ask "$grown" "select count(*) from peer_exchange.setup(true) where object like 'session %'")"
expect 'every trigger of the application is as it was' "$triggers" "$(ask "$grown" "$own_triggers")"
expect 'none of them fired for what was derived' '0' "$(ask "$grown" "$untouched")"
expect 'no credits came or went' "$circulating" "$(ask "$grown" 'select sum(balance - owed) from public.credits')"
