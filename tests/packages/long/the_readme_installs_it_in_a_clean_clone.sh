#!/usr/bin/env bash
# Every word of the README's block on installing, on a copy of this machine, in a clone that nothing was ever built in, by
# somebody who has never used pgrx. cargo-pgrx alone may have been built before.
set -euo pipefail

clone=$TMPDIR/clone
git clone --quiet . "$clone"
# What is about to be committed is tested as it is.
git ls-files -z --cached --others --exclude-standard | xargs -0 tar --create --ignore-failed-read | tar --extract --directory "$clone"
cargo_home=${CARGO_HOME:-$HOME/.cargo}
rustup_home=${RUSTUP_HOME:-$HOME/.rustup}

bash tests/packages/lib/in_a_copy_of.sh / "$clone" "$WORKSPACE/target" <<EOF
source "\$WORKSPACE/tests/packages/lib/server.sh"
source "\$WORKSPACE/tests/lifecycle/lib/databases.sh"
export CARGO_HOME=$cargo_home RUSTUP_HOME=$rustup_home HOME=/var/tmp/somebody
export CARGO_INSTALL_ROOT=\$WORKSPACE/target/xtask/tools
export PATH=\$CARGO_INSTALL_ROOT/bin:\$CARGO_HOME/bin:\$PATH
mkdir \$HOME
cd $clone
sed -n '/^## Install/,/^## Quick/p' README.md | sed -n '/^\`\`\`sh$/,/^\`\`\`$/p' | sed '/^\`\`\`/d' > /var/tmp/block
cat /var/tmp/block
bash -euxo pipefail /var/tmp/block
start_server 15
fresh_database shop
expect 'the extension is there' peer_exchange \
  "\$(ask "\$shop" "set client_min_messages = warning; create extension peer_exchange cascade;
                    select extname from pg_extension where extname = 'peer_exchange'")"
EOF
