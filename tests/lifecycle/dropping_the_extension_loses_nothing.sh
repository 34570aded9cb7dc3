#!/usr/bin/env bash
# DROP EXTENSION CASCADE takes the functions and the guard triggers, never a row, a column or a
# policy; CREATE EXTENSION and setup() afterwards put the guards back and catch up with what changed meanwhile.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

# What the extension leaves behind: all but its triggers and the privileges on what is its own.
remains_of() {
  guards_of "$1" | grep -v -e '^trigger|.*peer_exchange' -e '^function privileges|' -e '^relation privileges|'
}

guard_triggers_of() {
  guards_of "$1" | grep '^trigger|.*peer_exchange' || true
}

drop_and_create_again() {
  local database=$1 kind=$2
  live "$database"
  remains_of "$database" > "$TMPDIR/remains"
  guard_triggers_of "$database" > "$TMPDIR/triggers"
  data_of_application "$database" > "$TMPDIR/data"

  run "$database" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade'
  expect_same "$kind: no column, constraint, policy or privilege is lost" "$TMPDIR/remains" <(remains_of "$database")
  expect_same "$kind: no row is lost" "$TMPDIR/data" <(data_of_application "$database")
  expect "$kind: the guards are gone" '' "$(guard_triggers_of "$database")"
  expect "$kind: a signed-in person still writes no balance" '42501' "$(
    error_of "$database" "begin; select set_config('request.jwt.claims',
        '{\"sub\": \"a0000000-0000-4000-8000-000000000001\", \"role\": \"authenticated\"}', true);
      set local role authenticated; update public.credits set balance = 1000000" | grep -o 42501 | head -1)"

  # Without the guards nobody keeps occupied_during.
  run "$database" <<'SQL'
update public.client_sessions set start_time = '16:00' where mood = 'serene';
update public.users set last_name = 'Clover' where first_name = 'Cyd';
SQL

  run "$database" <<< 'set client_min_messages = warning; create extension peer_exchange cascade; select * from peer_exchange.setup()'
  expect_same "$kind: the guards are back" "$TMPDIR/triggers" <(guard_triggers_of "$database")
  expect_same "$kind: nothing else has changed" "$TMPDIR/remains" <(remains_of "$database")
  expect "$kind: a session that was moved meanwhile holds its new time" '16:00:00' \
    "$(ask "$database" "select (lower(session.occupied_during)
           at time zone coalesce(published.timezone, 'UTC'))::time
         from public.client_sessions as session
         left join public.practitioner_availability as published on published.user_id = session.therapist_id
        where session.mood = 'serene'")"
  expect "$kind: people are found by what they are called now" 'Cyd Clover' \
    "$(ask "$database" "select public.search_peer_practitioners('clover') -> 'practitioners' -> 0 ->> 'name'")"
  expect_it_works "$database" "$kind"
  expect "$kind: setup() finds nothing to do" 'unchanged' \
    "$(ask "$database" 'select distinct action from peer_exchange.setup()')"
}

fresh_database empty
furnish "$empty"
drop_and_create_again "$empty" 'an empty database'

fresh_database adopted
adopt "$adopted"
drop_and_create_again "$adopted" 'an adopted application'
expect 'the older functions are still there' '4' \
  "$(ask "$adopted" "select count(*) from pg_proc where pronamespace = 'peer_exchange_legacy'::regnamespace")"
