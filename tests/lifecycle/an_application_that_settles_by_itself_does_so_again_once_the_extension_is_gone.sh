#!/usr/bin/env bash
# DROP EXTENSION CASCADE gives an application with settling code of its own back to itself, once its older functions are
# where they were; CREATE EXTENSION and setup() adopt it once more.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database grown
load_settling_application "$grown"
adopt_settling_application "$grown"
live "$grown"
guards_of "$grown" > "$TMPDIR/guards"
data_of_application "$grown" > "$TMPDIR/data"

run "$grown" <<'SQL'
set client_min_messages = warning;
drop extension peer_exchange cascade;
select format('alter function %s set schema public', oid::regprocedure)
  from pg_proc where pronamespace = 'peer_exchange_legacy'::regnamespace \gexec
SQL
expect_same 'no row is lost' "$TMPDIR/data" <(data_of_application "$grown")
expect_its_calls_to_work "$grown" 'without the extension'
# Sequences have gone on.
data_of_application "$grown" > "$TMPDIR/data"

adopt_settling_application "$grown"
expect_same 'the second adoption ends where the first one did' "$TMPDIR/guards" <(guards_of "$grown")
expect_same 'and no row is lost' "$TMPDIR/data" <(data_of_application "$grown")
expect_its_calls_to_work "$grown" 'once it is adopted again'
expect 'setup() finds nothing to do but to name what it named' 'conflict
unchanged' "$(ask "$grown" 'select distinct action from peer_exchange.setup() order by 1')"
