#!/usr/bin/env bash
# Every query of the dashboard, as Grafana sends it, by a login that is a member of peer_exchange_figures and nothing else:
# on a database that setup() made and on one that was adopted, without any booking and with some.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
source tests/lifecycle/lib/application.sh
source tests/monitoring/lib/reader.sh

look_at() {
  local database=$1 kind=$2 happened=$3
  create_reader
  PGUSER=$reader "$PYTHON" tests/monitoring/lib/dashboard.py "$database" "$happened" || fail "$kind"
  echo "ok: $kind"
}

# Somebody who takes no part, for longer than the panel about it looks back.
add_onlooker() {
  run "$1" <<'SQL'
insert into public.users (id, email, first_name, last_name, user_role, created_at)
values (gen_random_uuid(), 'una@example.test', 'Una', 'Usher', 'osteopath', now() - interval '1 year');
SQL
}

fresh_database empty
furnish "$empty"
look_at "$empty" 'a database without a booking' nothing
live "$empty"
add_onlooker "$empty"
look_at "$empty" 'a database with bookings' something

fresh_database adopted
adopt "$adopted"
look_at "$adopted" 'an adopted application without a booking' nothing
live "$adopted"
add_onlooker "$adopted"
look_at "$adopted" 'an adopted application with bookings' something
