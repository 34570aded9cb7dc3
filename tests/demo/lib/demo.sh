# What these scripts share: a demo in the background, with a mark in the environment of every process that it starts.
# To be sourced. XTASK is the runner's program.

mark="PEER_EXCHANGE_DEMO_TEST=$$-$(basename "$0" .sh)"
printed="$TMPDIR/printed-$$"

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  printf -- '--- printed\n%s\n' "$(cat "$printed")" >&2
  exit 1
}

# Begins `demo`; its process id is in $demo, what it prints in $printed. Programs in the background of a script ignore
# SIGINT unless told otherwise.
begin_demo() {
  env --default-signal=INT,TERM "$mark" "$XTASK" demo "$@" > "$printed" 2>&1 &
  demo=$!
}

# Waits until the demo has printed this, and not a moment longer: the next line may already say that it is over.
wait_for() {
  # tail notices by itself what is written; when nobody reads it any more, or the demo has ended, it ends, too.
  grep -q -m 1 -- "$1" < <(exec timeout 300 tail -n +1 -f --pid="$demo" "$printed" 2>/dev/null) && return
  kill -0 "$demo" 2>/dev/null || fail "it ended before it printed: $1"
  fail "it has not printed in time: $1"
}

# The processes that a demo has started and that have not ended. One that has ended has no environment.
processes_left() {
  local environment id
  for environment in /proc/[0-9]*/environ; do
    if tr '\0' '\n' 2>/dev/null < "$environment" | grep -qxF "$mark"; then
      id=${environment#/proc/}
      ps -o pid=,args= -p "${id%/environ}" || true
    fi
  done
}

# No process, no folder. A folder of a run bears the id of its process.
expect_nothing_left() {
  local left
  left=$(processes_left)
  [ -z "$left" ] || fail "$1: still running: $left"
  left=$(find "$WORKSPACE/target/xtask" /var/tmp -maxdepth 2 \( -name "run-$demo" -o -name "$name_of_kept" \) 2>/dev/null || true)
  [ -z "$left" ] || fail "$1: left behind: $left"
  echo "ok: $1"
}

# Kept under another name than anybody's.
name_of_kept="demo-test-$$"
