#!/usr/bin/env bash
# On a server without anon, authenticated and service_role everything works for the owner. When the
# roles come, setup() gives them what is theirs, and a dump keeps it.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"
source "$(dirname "$0")/lib/roles.sh"

put_roles_aside
fresh_database plain
expect 'there are no such roles' '0' \
  "$(ask "$plain" "select count(*) from pg_roles where rolname in ('anon', 'authenticated', 'service_role')")"
run "$plain" <<'SQL'
set client_min_messages = warning;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
insert into public.users (id, email, first_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'osteopath');
SQL
expect 'without roles a second setup() has nothing to do' 'unchanged' \
  "$(ask "$plain" 'select distinct action from peer_exchange.setup()')"
expect 'the owner grants' '120' \
  "$(ask "$plain" "select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 120, 'Welcome') ->> 'balance_after'")"
expect 'the owner books' 'true' \
  "$(ask "$plain" "select public.create_peer_booking('a0000000-0000-4000-8000-000000000001',
       'a0000000-0000-4000-8000-000000000002', current_date + 7, '10:00', 60, 'massage') ->> 'success'")"
expect 'and the ledger verifies' '0' "$(ask "$plain" 'select count(*) from peer_exchange.verify_ledger()')"
expect 'nobody else may execute anything' '0' \
  "$(ask "$plain" "select count(*)
        from pg_depend as member
        join pg_proc as routine on routine.oid = member.objid and member.classid = 'pg_proc'::regclass
        join pg_extension on pg_extension.oid = member.refobjid and pg_extension.extname = 'peer_exchange'
       cross join aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) as acl
       where member.deptype = 'e' and acl.grantee = 0")"

run_file "$plain" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run "$plain" <<< 'select * from peer_exchange.setup()'
expect 'a second setup() has nothing to do' 'unchanged' \
  "$(ask "$plain" 'select distinct action from peer_exchange.setup()')"
expect_it_works "$plain" 'with the roles'
expect 'anon may execute none of the RPCs' 'f' \
  "$(ask "$plain" "select bool_or(has_function_privilege('anon', oid, 'execute')) from pg_proc
        where pronamespace in ('public'::regnamespace, 'peer_exchange'::regnamespace)
          and oid in (select objid from pg_depend join pg_extension on pg_extension.oid = refobjid
                       where deptype = 'e' and extname = 'peer_exchange')")"
expect 'the service may grant' 't' \
  "$(ask "$plain" "select has_function_privilege('service_role', 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute')")"
expect 'a signed-in person may not' 'f' \
  "$(ask "$plain" "select has_function_privilege('authenticated', 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute')")"

# The same as where the roles were there first; what service_role has there besides comes from the
# default privileges, which were there first as well.
without_service_role() {
  guards_of "$1" | grep -v privileges'|service_role|'
}
fresh_database usual
furnish "$usual"
expect_same 'guards and privileges are those of a database whose roles came first' \
  <(without_service_role "$usual") <(without_service_role "$plain")
expect 'the service may write every table, but not rewrite the ledger' 'credit_transactions' \
  "$(ask "$plain" "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                      and not has_table_privilege('service_role', oid, 'select, insert')
                    union
                   select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                      and not has_table_privilege('service_role', oid, 'update')")"

fresh_database moved
dump_and_restore "$plain" "$moved"
expect_same 'a dump keeps the privileges' <(guards_of "$plain") <(guards_of "$moved")
expect_it_works "$moved" 'after the move'
