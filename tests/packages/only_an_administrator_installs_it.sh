#!/usr/bin/env bash
# Its script takes hold of tables and functions by their names, whosever they are: with `trusted` in the control file anybody
# who may create schemas could do that to somebody else's application, with a superuser's rights.
set -euo pipefail

bash tests/packages/lib/in_a_copy_of.sh / "$PACKAGES" <<'EOF'
source "$WORKSPACE/tests/packages/lib/server.sh"
source "$WORKSPACE/tests/lifecycle/lib/databases.sh"
install_package 15
start_server 15
fresh_database shop
run "$shop" <<SQL
create role shop_owner login;
alter database $shop owner to shop_owner;
SQL
expect_part 'the owner of a database is refused' '42501' \
  "$(PGUSER=shop_owner error_of "$shop" 'set client_min_messages = error; create extension peer_exchange cascade')"
expect 'an administrator is not' peer_exchange \
  "$(ask "$shop" "set client_min_messages = warning; create extension peer_exchange cascade;
                  select extname from pg_extension where extname = 'peer_exchange'")"
expect_part 'what she created is hers to set up' '42501' \
  "$(PGUSER=shop_owner error_of "$shop" 'select * from peer_exchange.setup()')"
EOF
