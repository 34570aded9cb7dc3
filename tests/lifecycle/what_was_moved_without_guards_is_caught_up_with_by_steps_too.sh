#!/usr/bin/env bash
# The steps of adoption_script() put the guards back before they look at the sessions. What they find then has not been
# written by guards all the same.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database life
furnish "$life"
run "$life" <<'SQL'
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 1000, 'Welcome');
insert into practitioner_availability (user_id, timezone) values ('a0000000-0000-4000-8000-000000000002', 'Europe/London');
select create_peer_booking('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', current_date + 7, hour, 60, 'massage')
  from unnest(array[time '10:00', '12:00', '14:00']) as hour;
update practitioner_availability set timezone = 'America/New_York';
set client_min_messages = warning;
drop extension peer_exchange cascade;
update client_sessions set start_time = '13:00' where start_time = '12:00';
update client_sessions set duration_minutes = 90 where start_time = '14:00';
create extension peer_exchange cascade;
select statement from peer_exchange.adoption_script() \gexec
SQL
expect 'each is where it was promised or written' \
  "10:00:00|01:00:00|Europe/London
13:00:00|01:00:00|America/New_York
14:00:00|01:30:00|Europe/London" \
  "$(ask "$life" "select (lower(occupied_during) at time zone occupied_timezone)::time, upper(occupied_during) - lower(occupied_during), occupied_timezone
                    from client_sessions order by start_time")"
expect 'setup() finds nothing to do' 'unchanged' "$(ask "$life" 'select distinct action from peer_exchange.setup()')"
