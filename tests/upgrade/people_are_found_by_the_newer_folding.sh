#!/usr/bin/env bash
# What people are found by was folded by the former version in another way: after the update setup() folds it anew, and
# each is found by what is asked for today.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"
source "$(dirname "$0")/../lifecycle/lib/dumps.sh"
source "$(dirname "$0")/../lifecycle/lib/application.sh"
source "$(dirname "$0")/lib/former.sh"

found() {
  ask "$1" "select reply -> 'total' from public.search_peer_practitioners('aero') as reply"
}

for kind in furnish adopt; do
  fresh_database former
  with_former "$kind" "$former"
  run "$former" <<'SQL'
insert into public.users (id, email, first_name, last_name, user_role)
values ('b0000000-0000-4000-8000-000000000001', 'oda@example.test', 'Oda', 'Ærø', 'osteopath');
SQL
  expect "$kind: the former version does not find her" 0 "$(found "$former")"
  run "$former" <<< 'alter extension peer_exchange update'
  expect "$kind: setup() announces it" 't' \
    "$(ask "$former" "select action = 'altered' from peer_exchange.setup(true) where object = 'rows of peer_exchange.search_entries'")"
  run "$former" <<< 'set client_min_messages = warning; select * from peer_exchange.setup();'
  expect "$kind: this version finds her" 1 "$(found "$former")"
  expect "$kind: nothing is left to fold" '' "$(ask "$former" 'select * from peer_exchange.stale_search_entries()')"
done
