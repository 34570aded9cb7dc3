#!/usr/bin/env bash
# What packaging/supabase/after-create.sql does once supautils has let a role create the extension that is no superuser: that
# role adopts her own application, and a copy of it from a dump needs nothing more.
set -euo pipefail

bash tests/packages/lib/in_a_copy_of.sh / "$PACKAGES" "$WORKSPACE" <<'EOF'
source "$WORKSPACE/tests/packages/lib/server.sh"
source "$WORKSPACE/tests/lifecycle/lib/databases.sh"
source "$WORKSPACE/tests/lifecycle/lib/application.sh"
install_package 15
start_server 15
fresh_database shop
fresh_database copy
run_file "$shop" "$WORKSPACE/tests/fixtures/supabase_roles.sql"
run "$shop" <<SQL
create role shop_owner login;
alter database $shop owner to shop_owner;
grant usage, create on schema auth to shop_owner;
SQL
PGUSER=shop_owner run_file "$shop" "$WORKSPACE/tests/fixtures/existing_app.sql"
# In the place of functions with the very arguments of ours setup() puts ours, which only the owner of the extension may.
run "$shop" <<SQL
drop function public.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid), public.process_peer_booking_refund(uuid, text);
SQL
run "$shop" <<SQL
set client_min_messages = warning;
create extension peer_exchange cascade;
set supautils.privileged_role = 'shop_owner';
\i $WORKSPACE/packaging/supabase/after-create.sql
SQL

export PGUSER=shop_owner
run "$shop" <<SQL
select * from peer_exchange.setup();
update public.credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
SQL
expect 'nothing is left to do' unchanged "$(ask "$shop" 'select distinct action from peer_exchange.setup()')"
export PGUSER=postgres
expect_it_works "$shop" 'adopted'

pg_dump -Fc "$shop" > /var/tmp/shop.dump
pg_restore -d "$copy" /var/tmp/shop.dump
expect 'nor in a copy' unchanged "$(PGUSER=shop_owner ask "$copy" 'select distinct action from peer_exchange.setup()')"
expect_it_works "$copy" 'restored'
EOF
