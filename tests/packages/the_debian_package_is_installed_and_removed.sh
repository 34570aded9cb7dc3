#!/usr/bin/env bash
# On a copy of this machine: the files go where its PostgreSQL looks for them, a database makes use of them, and when the
# package goes nothing of it is left.
set -euo pipefail

bash tests/packages/lib/in_a_copy_of.sh / "$PACKAGES" <<'EOF'
source "$WORKSPACE/tests/packages/lib/install_and_remove.sh"
expect_to_be_installed_and_removed 15
EOF
