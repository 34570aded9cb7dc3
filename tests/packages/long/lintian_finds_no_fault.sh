#!/usr/bin/env bash
# Debian's own check of packages. No bug of Debian's is closed: it is not in Debian.
set -euo pipefail

lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$PACKAGES"/*.deb
