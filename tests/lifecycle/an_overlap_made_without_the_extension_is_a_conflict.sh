#!/usr/bin/env bash
# While the extension is dropped nobody keeps sessions apart. Two that overlap must not keep it from
# coming back: they are named as a conflict, and the rest is set up.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/application.sh"

guards() {
  ask "$life" "select tgrelid::regclass, tgname from pg_trigger where tgname like '%peer\_exchange\_%' order by 1, 2"
}

fresh_database life
furnish "$life"
guards=$(guards)
run "$life" <<'SQL'
set client_min_messages = warning;
drop extension peer_exchange cascade;
insert into public.client_sessions
       (id, therapist_id, client_id, session_date, start_time, duration_minutes, is_peer_booking)
values ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
        'a0000000-0000-4000-8000-000000000001', current_date + 7, '10:00', 60, true),
       ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002',
        'a0000000-0000-4000-8000-000000000003', current_date + 7, '10:30', 60, true);
create extension peer_exchange cascade;
SQL
expect 'the overlap is named' 'session b0000000-0000-4000-8000-000000000002' \
  "$(ask "$life" "select object from peer_exchange.setup() where action = 'conflict'")"
expect 'the guards are back' "$guards" "$(guards)"

run "$life" <<< "update public.client_sessions set status = 'cancelled'
                  where id = 'b0000000-0000-4000-8000-000000000002'"
expect 'once one is cancelled nothing stands in the way' '0' \
  "$(ask "$life" "select count(*) from peer_exchange.setup() where action = 'conflict'")"
expect 'and the other holds its hour' '1' \
  "$(ask "$life" 'select count(*) from public.client_sessions where occupied_during is not null')"
expect 'whose overlap nobody can make any more' '1' \
  "$(ask "$life" "select count(*) from pg_constraint where conname = 'client_sessions_no_overlap'")"
expect 'a further setup() finds nothing to do' 'unchanged' \
  "$(ask "$life" 'select distinct action from peer_exchange.setup()')"
