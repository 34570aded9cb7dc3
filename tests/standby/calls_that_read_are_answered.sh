#!/usr/bin/env bash
# What only reads works on a standby, for whoever is signed in and for the service.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"

for database in empty adopted; do
  expect "$database: Ann is answered" 't t t t t t t t t t' "$(psql -X -q -A -t -F ' ' -v ON_ERROR_STOP=1 -d "$database" <<'SQL'
\o /dev/null
begin;
set local search_path = story, public;
call signs_in('Ann');
set local role authenticated;
\o
select (quote_peer_booking(id('Ann'), id('Cyd'), monday(), '16:00', 60, 'massage') ->> 'success')::boolean,
       json_array_length(get_available_slots(id('Cyd'), monday(), monday(), 60) -> 'slots') > 0,
       json_array_length(get_available_slots(id('Ben'), monday(), monday(), p_session_id => session('Ann', 'Ben')) -> 'slots') > 0,
       (search_peer_practitioners('ben') ->> 'total')::integer > 0,
       json_array_length(get_credit_statement() -> 'entries') > 0,
       json_array_length(get_balance_history() -> 'days') = 90,
       json_array_length(get_my_peer_sessions() -> 'sessions') > 0,
       json_array_length(get_peer_session(session('Ann', 'Ben')) -> 'session' -> 'history') > 0,
       get_session_calendar(session('Ann', 'Ben')) ->> 'calendar' like 'BEGIN:VCALENDAR%',
       get_practitioner_credit_cost(id('Ben'), 60) = 60;
SQL
)"
  expect "$database: so is the service" 't t' "$(psql -X -q -A -t -F ' ' -v ON_ERROR_STOP=1 -d "$database" <<'SQL'
select (select count(*) from peer_exchange.verify_ledger()) >= 0, (select sum(bookings) from peer_exchange.bookings_by_day) > 0;
SQL
)"
done
