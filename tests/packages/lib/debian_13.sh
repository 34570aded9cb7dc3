# A Debian 13 with its PostgreSQL 17, made once below target/. To be sourced; leaves its path in `debian_13`.

debian_13=$WORKSPACE/target/xtask/debian/trixie
if [ ! -e "$debian_13.finished" ]; then
  rm -rf "$debian_13"
  # In a namespace of its own, so that whatever is mounted meanwhile is gone with it.
  unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
    debootstrap --variant=minbase --include=ca-certificates trixie "$1"
    mount -t proc proc "$1/proc"
    chroot "$1" env DEBIAN_FRONTEND=noninteractive \
      apt-get install --yes --no-install-recommends postgresql-17
    chroot "$1" apt-get clean' bash "$debian_13"
  touch "$debian_13.finished"
fi
