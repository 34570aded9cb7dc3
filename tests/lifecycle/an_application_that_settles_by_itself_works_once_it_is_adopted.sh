#!/usr/bin/env bash
# The adoption of an application with defending, auditing and settling code of its own: none of that code notices it,
# every row is what it was, and every call does what it did before.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/application.sh"

# The triggers of the application, and whether they fire.
triggers_of() {
  ask "$1" "select tgrelid::regclass, tgname, tgenabled, tgfoid::regprocedure from pg_trigger
             where not tgisinternal and tgfoid::regprocedure::text not like 'peer\_exchange.%' order by 1, 2"
}

# What code of the application writes when a row is touched.
traces_of() {
  ask "$1" "select (select md5(string_agg(updated_at::text, ',' order by id)) from public.client_sessions),
                   (select md5(string_agg(updated_at::text, ',' order by id)) from public.users),
                   (select md5(string_agg(updated_at::text, ',' order by id)) from public.credits),
                   (select count(*) from public.session_audit), (select count(*) from public.credit_audit),
                   (select count(*) from public.webhook_queue), (select count(*) from public.notifications)"
}

# The rows, by the columns that they had.
rows_of() {
  ask "$1" "select md5(string_agg((id, therapist_id, client_id, session_date, start_time, status, payment_status,
                                   is_peer_booking, credit_cost, expires_at, cancelled_at)::text, ',' order by id))
              from public.client_sessions
             union all
            select md5(string_agg((user_id, balance, current_balance, total_earned, total_spent)::text, ',' order by id))
              from public.credits
             union all
            select md5(string_agg((id, user_id, transaction_type, amount, balance_after)::text, ',' order by id))
              from public.credit_transactions"
}

fresh_database grown
load_settling_application "$grown"
triggers_of "$grown" > "$TMPDIR/triggers"
traces=$(traces_of "$grown")
rows=$(rows_of "$grown")
adopt_settling_application "$grown"

expect_same 'every trigger is there and fires as it did' "$TMPDIR/triggers" <(triggers_of "$grown")
expect 'no trigger has fired' "$traces" "$(traces_of "$grown")"
expect 'every row says what it said' "$rows" "$(rows_of "$grown")"
expect 'nobody is booked twice, so the constraint is there' 't' \
  "$(ask "$grown" "select convalidated from pg_constraint where conname = 'client_sessions_no_overlap'")"
expect_its_calls_to_work "$grown" 'once it is adopted'
expect 'they leave nothing behind' "$rows" "$(rows_of "$grown")"

triggers_of "$grown" > "$TMPDIR/triggers"
traces=$(traces_of "$grown")
expect 'a second setup() has nothing to do but to name what it named' 'conflict
unchanged' "$(ask "$grown" 'select distinct action from peer_exchange.setup() order by 1')"
expect 'and no trigger has fired then either' "$traces" "$(traces_of "$grown")"
