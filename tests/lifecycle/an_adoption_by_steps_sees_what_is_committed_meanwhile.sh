#!/usr/bin/env bash
# Transactions of a database are SERIALIZABLE unless they say otherwise, and sessions are changed while a step of an adoption
# waits for its turn: it finds them as they are by then.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"

fresh_database strict
run_file "$strict" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$strict" "$WORKSPACE/tests/fixtures/self_settling_app.sql"
run "$strict" <<SQL
create extension peer_exchange cascade;
alter database $strict set default_transaction_isolation = serializable;
SQL
run "$strict" <<'SQL'
with script as (select * from peer_exchange.adoption_script() with ordinality as listed (statement, position))
select statement from script
 where position < (select position from script where statement like '%adopt_session_times%') \gexec
SQL
derives=$(ask "$strict" "select statement from peer_exchange.adoption_script() where statement like '%adopt_session_times%'")

work=$(mktemp -d)
mkfifo "$work/statements"
trap 'rm -r "$work"; drop_databases' EXIT
psql -X -q -v ON_ERROR_STOP=1 -d "$strict" <"$work/statements" >/dev/null &
other=$!
exec 3>"$work/statements"
# Waits until so many have the turn or ask for it.
until_there_are() {
  for _ in $(seq 300); do
    [ "$(ask "$strict" "select count(*) from pg_locks where locktype = 'advisory'
                           and database = (select oid from pg_database where datname = current_database())")" != "$1" ] || return 0
    sleep 0.1
  done
  fail "there are never $1 for the turn"
}

echo 'begin; select peer_exchange.adopt_in_turn();' >&3
until_there_are 1
run "$strict" <<< "$derives" &
adoption=$!
until_there_are 2
echo "set session_replication_role = replica;
      update public.client_sessions set start_time = start_time + interval '5 minutes' where start_time < '23:00'; commit;" >&3
exec 3>&-
wait "$other" || fail 'nothing was changed'
wait "$adoption" || fail 'the adoption was broken off'

run "$strict" <<< 'select statement from peer_exchange.adoption_script() \gexec'
expect 'there is nothing left to do' '' \
  "$(ask "$strict" "select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict')")"
