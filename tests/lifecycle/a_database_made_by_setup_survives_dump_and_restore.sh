#!/usr/bin/env bash
# pg_dump | psql of a database that setup() furnished: nothing is missing in the new one, no guard
# fires on the way, and everything works there.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
furnish "$old"
live "$old"
remind "$old"
# Something that the extension itself keeps.
run "$old" <<'SQL'
select public.reschedule_peer_booking(id, lifecycle.wednesday(), '12:00', 'kept') from public.client_sessions
 where idempotency_key = 'kept';
SQL
run "$old" <<'SQL'
select peer_exchange.open_calendar_feeds();
insert into peer_exchange.calendar_feeds (person_id, digest) values ('a0000000-0000-4000-8000-000000000001', sha256('a secret'));
SQL
expect_it_works "$old" 'before the dump'

told_and_moved() {
  ask "$1" "select (select count(*) from public.notifications), (select count(*) from public.credit_transactions),
                   (select count(*) from public.client_sessions where occupied_during is not null)"
}

fresh_database new
dump_and_restore "$old" "$new"

expect_same 'the schema is the same' <(schema_of "$old") <(schema_of "$new")
expect_same 'every row is the same' <(data_of "$old") <(data_of "$new")
expect 'no guard fired on the way: nobody is told anything twice, nothing is refunded' "$(told_and_moved "$old")" \
  "$(told_and_moved "$new")"
expect 'nobody is reminded a second time' '1' "$(ask "$new" 'select count(*) from peer_exchange.sent_reminders')"
expect_same 'the catalog says the same' <(guards_of "$old") <(guards_of "$new")
expect_it_works "$new" 'after the restore'
expect 'setup() finds nothing to do' 'unchanged' \
  "$(ask "$new" 'select distinct action from peer_exchange.setup()')"
expect 'the same key is the same booking' 'true' \
  "$(ask "$new" "select public.create_peer_booking('a0000000-0000-4000-8000-000000000001',
       'a0000000-0000-4000-8000-000000000002', lifecycle.wednesday(), '09:00', 30, 'massage',
       p_idempotency_key => 'kept') ->> 'replayed'")"
expect 'the same key is the same move' 'true|1' \
  "$(ask "$new" "select public.reschedule_peer_booking(id, lifecycle.wednesday(), '12:00', 'kept') ->> 'replayed',
                        (select count(*) from peer_exchange.session_moves)
                   from public.client_sessions where idempotency_key = 'kept'")"
feed_is_read() {
  ask "$1" "begin; set local role anon; select public.get_calendar_feed('a secret') like 'BEGIN:VCALENDAR%'"
}
expect 'a calendar read its feed before' 't' "$(feed_is_read "$old")"
expect 'a calendar goes on reading its feed' 't' "$(feed_is_read "$new")"
run "$new" <<< 'select * from peer_exchange.setup()'
expect 'after setup(), too' 't' "$(feed_is_read "$new")"
