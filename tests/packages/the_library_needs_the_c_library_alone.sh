#!/usr/bin/env bash
# Servers from elsewhere admit nothing else to what is added to them, and none of a C library that is newer than theirs:
# Debian 12 has version 2.36, and Supabase's image 2.40.
set -euo pipefail
source tests/lifecycle/lib/databases.sh
trap - EXIT

for package in "$PACKAGES"/*.deb; do
  library=$TMPDIR/$(basename "$package" .deb).so
  dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout --wildcards './usr/lib/postgresql/*/lib/*.so' > "$library"
  expect "$(basename "$package"): what it loads" 'ld-linux-x86-64.so.2 libc.so.6' \
    "$(readelf --dynamic "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort | xargs)"
  newest=$(readelf --version-info "$library" | grep -o 'GLIBC_[0-9.]*' | sort --version-sort | tail -1)
  expect "$(basename "$package"): $newest is old enough" GLIBC_2.36 \
    "$(printf '%s\n' "$newest" GLIBC_2.36 | sort --version-sort | tail -1)"
done
