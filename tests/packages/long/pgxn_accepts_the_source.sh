#!/usr/bin/env bash
# The validator that PGXN's own specification comes with reads META.json, and what it names is in the archive.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
trap - EXIT

cargo install --quiet pgxn_meta --version 0.7.0 --locked --debug --root "$WORKSPACE/target/xtask/tools"
archive=$(echo "$PACKAGES"/peer_exchange-*.zip)
unzip -q "$archive" -d "$TMPDIR/source"
source=$TMPDIR/source/$(basename "$archive" .zip)
"$WORKSPACE/target/xtask/tools/bin/pgxn_meta" "$source/META.json"
for key in file docfile; do
  named=$(sed -n "s/^ *\"$key\": \"\(.*\)\".*/\1/p" "$source/META.json")
  [ -s "$source/$named" ] || fail "META.json names $named, which is not there"
done
expect 'the folder bears the name and version' "$(basename "$source")" \
  "$(sed -n 's/^  "name": "\(.*\)",/\1/p' "$source/META.json")-$(sed -n 's/^  "version": "\(.*\)",/\1/p' "$source/META.json")"
