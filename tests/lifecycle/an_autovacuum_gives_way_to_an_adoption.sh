#!/usr/bin/env bash
# An autovacuum has a large table for hours, and gives way only to whoever has waited until Postgres looks for deadlocks.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"

fresh_database vacuumed
run_file "$vacuumed" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$vacuumed" "$WORKSPACE/tests/fixtures/self_settling_app.sql"
run "$vacuumed" <<< 'create extension peer_exchange cascade'

usual_pause() {
  psql -X -q -d postgres -c 'alter system reset autovacuum_naptime' -c 'select pg_reload_conf()' >/dev/null
  drop_databases
}
trap usual_pause EXIT
psql -X -q -d postgres -c "alter system set autovacuum_naptime = '1s'" -c 'select pg_reload_conf()' >/dev/null
# It pauses for as long as it may after every page.
run "$vacuumed" <<'SQL'
set session_replication_role = replica;
alter table public.credit_transactions set (
  autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1);
update public.credit_transactions set created_at = created_at;
SQL
begun=''
for _ in $(seq 600); do
  begun=$(ask "$vacuumed" "select pid from pg_stat_progress_vacuum where relid = 'public.credit_transactions'::regclass and datname = current_database()")
  [ -z "$begun" ] || break
  sleep 0.1
done
[ -n "$begun" ] || fail 'no autovacuum has begun'

run "$vacuumed" <<< 'select statement from peer_exchange.adoption_script() \gexec' &
adoption=$!
gone=''
for _ in $(seq 300); do
  gone=$(ask "$vacuumed" "select 'gone' where not exists (select from pg_stat_progress_vacuum where pid = $begun)")
  [ -z "$gone" ] || break
  sleep 0.1
done
expect 'the autovacuum gave way' 'gone' "$gone"
wait "$adoption" || fail 'the adoption was broken off'
expect 'there is nothing left to do' '' \
  "$(ask "$vacuumed" "select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict')")"
