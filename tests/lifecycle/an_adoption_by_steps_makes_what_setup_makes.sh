#!/usr/bin/env bash
# Whether setup() adopts an application at once or adoption_script() by steps: it comes to the same, and a step that is
# repeated does no harm.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"

fresh_database at_once
run_file "$at_once" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run_file "$at_once" "$WORKSPACE/tests/fixtures/self_settling_app.sql"
run "$at_once" <<< 'create extension peer_exchange cascade'
fresh_database by_steps
psql -X -q -v ON_ERROR_STOP=1 -d postgres -c "drop database $by_steps" -c "create database $by_steps template $at_once"

run "$at_once" <<< 'select * from peer_exchange.setup()'
# Broken off before the constraint, and begun anew.
run "$by_steps" <<'SQL'
with script as (select * from peer_exchange.adoption_script() with ordinality as listed (statement, position))
select statement from script
 where position < (select position from script where statement like '%exclude_overlaps%') \gexec
SQL
run "$by_steps" <<< 'select statement from peer_exchange.adoption_script() \gexec'
expect_same 'the schema is the same' <(schema_of "$at_once") <(schema_of "$by_steps")
expect_same 'every row is the same' <(data_of "$at_once") <(data_of "$by_steps")
expect_same 'the catalog says the same' <(guards_of "$at_once") <(guards_of "$by_steps")
expect 'there is nothing left to do' '' \
  "$(ask "$by_steps" "select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict')")"
expect_part 'the constraint keeps sessions apart by itself' '23P01' "$(error_of "$by_steps" \
  "set session_replication_role = replica;
   insert into public.client_sessions (therapist_id, client_name, session_date, start_time, occupied_during)
   select therapist_id, 'Somebody', session_date, start_time, occupied_during
     from public.client_sessions where occupied_during is not null limit 1")"
