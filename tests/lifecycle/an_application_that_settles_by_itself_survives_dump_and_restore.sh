#!/usr/bin/env bash
# pg_dump | psql of an application with defending, auditing and settling code of its own, once it is adopted: nothing is
# missing in the new one, none of that code has fired on the way, and every call works there.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
load_settling_application "$old"
adopt_settling_application "$old"
live "$old"
remind "$old"
ask "$old" "select peer_exchange.accept_findings('Before anybody was credited')" >/dev/null
# Settings of a database are no part of its dump.
fresh_database new
promise "$new"
dump_and_restore "$old" "$new"

expect_same 'the schema is the same' <(schema_of "$old") <(schema_of "$new")
expect_same 'every row is the same' <(data_of "$old") <(data_of "$new")
expect_same 'the catalog says the same' <(guards_of "$old") <(guards_of "$new")
expect_its_calls_to_work "$new" 'after the restore'
expect 'setup() finds nothing to do but to name what it named' 'conflict
unchanged' "$(ask "$new" 'select distinct action from peer_exchange.setup() order by 1')"
expect 'what was accepted of the ledger is found no more' '0' "$(ask "$new" 'select count(*) from peer_exchange.verify_ledger()')"
expect 'and was found before' 't' "$(ask "$new" 'select count(*) > 1000 from peer_exchange.accepted_findings')"
