#!/usr/bin/env bash
# in_a_copy_of.sh ROOT [FOLDER…] < SCRIPT
#
# Runs a script as root in a copy of a whole system that it may change at will: what it writes is kept in memory and gone
# with it, and so is every process that it has started. The folders are the real ones, at their own paths.
set -euo pipefail

if [ "$1" != inside ]; then
  exec unshare --mount --pid --fork --kill-child bash "$0" inside "$@"
fi
root=$2
shift 2

scratch=$(mktemp -d)
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch/changes" "$scratch/work" "$scratch/copy"
mount -t overlay overlay "$scratch/copy" \
  -o "lowerdir=$root,upperdir=$scratch/changes,workdir=$scratch/work"
mount --rbind /dev "$scratch/copy/dev"
mount -t proc proc "$scratch/copy/proc"
for folder in "$@"; do
  mkdir -p "$scratch/copy$folder"
  mount --bind "$folder" "$scratch/copy$folder"
done
exec chroot "$scratch/copy" /usr/bin/env -i HOME=/root LANG=C.UTF-8 \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  WORKSPACE="$WORKSPACE" PACKAGES="$PACKAGES" bash -euo pipefail
