#!/usr/bin/env bash
# The package for PostgreSQL 17, built on Debian 12, on a Debian 13 and its own PostgreSQL 17.
set -euo pipefail
source tests/packages/lib/debian_13.sh

bash tests/packages/lib/in_a_copy_of.sh "$debian_13" "$PACKAGES" "$WORKSPACE" <<'EOF'
source "$WORKSPACE/tests/packages/lib/install_and_remove.sh"
expect_to_be_installed_and_removed 17
EOF
