#!/usr/bin/env bash
# The application of tests/fixtures/self_settling_app.sql without the extension: its own calls do what they promise. So
# what they do no longer after an adoption, the adoption has broken.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database grown
load_settling_application "$grown"

expect 'there are ten thousand sessions of every status, given and exchanged' '10000|10|2' \
  "$(ask "$grown" "select count(*), count(distinct status), count(distinct is_peer_booking)
                     from public.client_sessions where id::text like '5e000000-%'")"
expect 'nothing that matters belongs to a superuser' '' \
  "$(ask "$grown" "select relname from pg_class join pg_roles on pg_roles.oid = relowner
                    where relnamespace = 'public'::regnamespace and rolsuper
                    union all
                   select proname from pg_proc join pg_roles on pg_roles.oid = proowner
                    where pronamespace = 'public'::regnamespace and rolsuper")"
expect 'the ledger explains every balance, and the twins agree' '0' \
  "$(ask "$grown" "select count(*)
                     from public.credits
                     left join lateral (
                          select balance_after from public.credit_transactions as entry
                           where entry.user_id = credits.user_id
                           order by created_at desc, session_id desc nulls last, transaction_type desc limit 1) as last on true
                    where balance is distinct from balance_after or balance <> current_balance")"
expect_its_calls_to_work "$grown" 'before the adoption'
