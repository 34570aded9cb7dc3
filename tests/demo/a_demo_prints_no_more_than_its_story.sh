#!/usr/bin/env bash
# Where there is no terminal a demo prints its steps, its story and where to go on, and nothing of cargo's; with
# `--verbose` cargo's output is there.
set -euo pipefail
source "$(dirname "$0")/lib/demo.sh"

begin_demo
wait "$demo" || fail 'the demo fails'
lines=$(wc -l < "$printed")
[ "$lines" -lt 250 ] || fail "$lines lines"
! grep -qE '^ *(Compiling|Finished|Blocking|Fresh) ' "$printed" || fail 'cargo is heard'
tail -n 1 "$printed" | grep -q 'cargo xtask demo --web' || fail 'its last line does not name the page'
for function in search_peer_practitioners get_available_slots quote_peer_booking create_peer_booking \
  process_peer_booking_refund request_peer_booking accept_peer_booking; do
  grep -q "rpc('$function'" "$printed" || fail "the story has no $function"
done
expect_nothing_left 'a demo'

begin_demo --verbose
wait "$demo" || fail 'the demo with --verbose fails'
grep -qE '^ *Finished ' "$printed" || fail 'cargo is not heard with --verbose'
