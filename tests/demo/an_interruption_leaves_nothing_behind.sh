#!/usr/bin/env bash
# Ctrl-C and SIGTERM end a demo at any moment, with no process and no folder left of it.
set -euo pipefail
source "$(dirname "$0")/lib/demo.sh"

# interrupt SIGNAL STATUS MOMENT OPTIONS…
interrupt() {
  local signal=$1 expected=$2 moment=$3 status=0
  shift 3
  begin_demo "$@"
  wait_for "$moment"
  kill -s "$signal" "$demo"
  wait "$demo" || status=$?
  [ "$status" = "$expected" ] || fail "$signal at \"$moment\" ends it with $status instead of $expected"
  expect_nothing_left "demo $*: $signal at \"$moment\""
}

interrupt INT 130 'building the extension'
interrupt TERM 143 'building the extension'
interrupt INT 130 'starting PostgreSQL'
interrupt TERM 143 'creating the database'
interrupt INT 130 'starting PostgREST'
interrupt TERM 143 'the story begins'
interrupt INT 130 'the story begins' --keep --name "$name_of_kept"
interrupt TERM 143 'starting PostgREST' --keep --name "$name_of_kept"
interrupt TERM 143 'building the page' --web
interrupt INT 130 'To stop it:' --web
