#!/usr/bin/env bash
# The URL, the tokens and the lines for supabase-js, curl and psql that a demo prints; and the servers that `--keep`
# leaves are gone after `stop`.
set -euo pipefail
source "$(dirname "$0")/lib/demo.sh"

begin_demo --keep --name "$name_of_kept"
wait "$demo" || fail 'demo --keep fails'
node tests/demo/lib/what_is_printed.mjs < "$printed" || fail 'what demo --keep prints does not work'
"$XTASK" stop --name "$name_of_kept"
expect_nothing_left 'demo --keep, then stop'

begin_demo --web
wait_for 'To stop it:'
node tests/demo/lib/what_is_printed.mjs < "$printed" || fail 'what demo --web prints does not work'
kill "$demo"
wait "$demo" || true
expect_nothing_left 'demo --web'
