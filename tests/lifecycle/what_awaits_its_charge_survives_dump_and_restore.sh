#!/usr/bin/env bash
# A session that its client has inserted and not had charged is cancelled after a restore as well, and nobody else's is.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
furnish "$old"
live "$old"
run "$old" <<'SQL'
grant usage on schema lifecycle to authenticated;
begin;
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
set local role authenticated;
insert into public.client_sessions (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
values ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'Ann Archer',
        lifecycle.wednesday() + 7, '14:00', 30, true);
commit;
SQL

fresh_database new
dump_and_restore "$old" "$new"
expect 'the one is cancelled' '1' "$(ask "$new" "select peer_exchange.cancel_orphaned_sessions('0')")"
expect 'it is that one' 'cancelled|Never charged' \
  "$(ask "$new" 'select status, cancellation_reason from public.client_sessions where session_date = lifecycle.wednesday() + 7')"
expect 'what the application has inserted is not' 'scheduled' \
  "$(ask "$new" "select status from public.client_sessions where mood = 'serene'")"
