#!/usr/bin/env bash
# Who owns the database and may do what the owner of the tables may, and is no superuser, dumps all of it, what the
# extension keeps included. A restore is a superuser's; one by that owner has no guards, and says so when somebody books.
export TABLES_BELONG_TO=plain_owner
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

fresh_database old
adopt "$old"
live "$old"
remind "$old"
run "$old" <<SQL
do 'begin
  if not exists (select from pg_roles where rolname = ''database_owner'') then
    create role database_owner login in role plain_owner;
  end if;
end';
alter database $old owner to database_owner;
SQL

dump "$old" > "$TMPDIR/$old.by_superuser"
dump -U database_owner "$old" > "$TMPDIR/$old.by_owner"
expect_same 'both dumps are the same' "$TMPDIR/$old.by_superuser" "$TMPDIR/$old.by_owner"

fresh_database new
run_file "$new" "$TMPDIR/$old.by_owner"
expect 'setup() finds nothing to do' '' \
  "$(ask "$new" "select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict')")"
expect_it_works "$new" 'after the restore'

# Default privileges of another server give everything to everybody; nothing can be emptied all the same.
run "$new" <<< 'grant all on all tables in schema public to anon'
for table in credits credit_transactions client_sessions; do
  expect_part "nobody empties $table" 'ERROR' "$(error_of "$new" "set role anon; truncate public.$table cascade")"
done

fresh_database third
run "$third" <<SQL
create extension peer_exchange cascade;
alter database $third owner to database_owner;
grant create, usage on schema public to plain_owner;
SQL
psql -X -q -d "$third" -U database_owner -f "$TMPDIR/$old.by_owner" >/dev/null 2>&1 || true
expect_part 'without guards nobody books' '55000' \
  "$(error_of "$third" "select public.create_peer_booking('a0000000-0000-4000-8000-000000000001',
       'a0000000-0000-4000-8000-000000000002', current_date + 9, '10:00', 60, 'massage')")"
run "$third" <<< 'select count(*) from peer_exchange.setup()'
expect_it_works "$third" 'after a restore by the owner and setup()'
