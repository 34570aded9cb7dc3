# The ways in which a database comes by its tables, and some life in them. To be sourced after databases.sh.

# The extension, in the version that a script has left in $extension_version, or else the newest.
install_extension() {
  run "$1" <<SQL
set client_min_messages = warning;
create extension peer_exchange ${extension_version:+version '$extension_version'} cascade;
select * from peer_exchange.setup();
SQL
}

# An empty database that setup() furnishes.
furnish() {
  run_file "$1" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
  install_extension "$1"
  run "$1" <<'SQL'
insert into public.users (id, email, first_name, last_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'Archer', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'Brook',  'massage_therapist'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', 'Cyd', 'Clay',   'sports_therapist');
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 120, 'Monthly allocation');
SQL
}

# An application that grew before the extension.
adopt() {
  run_file "$1" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
  run_file "$1" "$WORKSPACE/tests/fixtures/existing_app.sql"
  install_extension "$1"
  run "$1" <<'SQL'
-- What setup() reported as a conflict, resolved as it advised.
update public.credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
SQL
}

# Another one, which settles its exchanges by itself and has ten thousand sessions.
load_settling_application() {
  run_file "$1" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
  run_file "$1" "$WORKSPACE/tests/fixtures/self_settling_app.sql"
}

adopt_settling_application() {
  run "$1" <<SQL
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
SQL
  promise "$1"
}

# Settings of the database that give back what the application always promised.
promise() {
  run "$1" <<SQL
alter database $1 set peer_exchange.default_full_refund_hours = 24;
alter database $1 set peer_exchange.default_partial_refund_hours = 12;
alter database $1 set peer_exchange.default_partial_refund_percent = 50;
SQL
}

# The application's own calls, each of which does what it did before the extension; nothing of them stays.
expect_its_calls_to_work() {
  run_file "$1" "$WORKSPACE/tests/fixtures/self_settling_app/calls.sql"
  echo "ok: $2: every call of the application does what it promises"
}

# The application goes on: columns of its own, an index, a policy; sessions in every state.
live() {
  run_file "$1" "$WORKSPACE/tests/lifecycle/lib/life.sql"
}

# A reminder was sent, which the extension keeps in a table of its own.
remind() {
  run "$1" <<'SQL'
insert into peer_exchange.sent_reminders (starts_at, session_id, minutes_before)
select lower(occupied_during), id, 1440 from public.client_sessions where idempotency_key = 'kept';
SQL
}

# A booking, a refund and a refused self-service balance, as a signed-in person.
expect_it_works() {
  local expected='t|60
t|100|60
t
42501
t'
  expect "$2: booking and refund work, balances are closed, the ledger verifies" "$expected" \
    "$(psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$1" -f "$WORKSPACE/tests/lifecycle/lib/it_works.sql")"
}
