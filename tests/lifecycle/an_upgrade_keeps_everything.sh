#!/usr/bin/env bash
# ALTER EXTENSION UPDATE to a next version: rows, guards and functions are what they were, in sessions
# that were open before as well.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"
source "$(dirname "$0")/lib/next_version.sh"

add_next_version
for kind in furnish adopt; do
  fresh_database life
  "$kind" "$life"
  live "$life"
  data_of "$life" > "$TMPDIR/data"
  guards_of "$life" > "$TMPDIR/guards"

  # One session throughout: what it has planned before the update still works after it.
  psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$life" > "$TMPDIR/open_session" <<SQL
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000003', 5, 'Before') ->> 'amount';
alter extension peer_exchange update to '$next_version';
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000003', 5, 'After') ->> 'amount';
begin;
select set_config('peer_exchange.credits_per_minute', '2', true);
select public.get_practitioner_credit_cost('a0000000-0000-4000-8000-000000000002', 30);
rollback;
select count(*) from public.credit_transactions where description in ('Before', 'After');
SQL
  expect "$kind: an open session goes on" "$(printf '5\n5\n2\n60\n2')" "$(cat "$TMPDIR/open_session")"
  expect "$kind: the next version is there" "$next_version|the next version" \
    "$(ask "$life" "select extversion, obj_description(oid, 'pg_extension') from pg_extension where extname = 'peer_exchange'")"
  expect_same "$kind: the guards are the same" "$TMPDIR/guards" <(guards_of "$life")
  # But for the two grants above, and the balance they are on.
  diff "$TMPDIR/data" <(data_of "$life") > "$TMPDIR/changes" || true
  expect "$kind: no row is lost" '1' "$(grep -c '^<' "$TMPDIR/changes")"
  expect_it_works "$life" "$kind"
  expect "$kind: setup() finds nothing to do" 'unchanged' \
    "$(ask "$life" 'select distinct action from peer_exchange.setup()')"
done
