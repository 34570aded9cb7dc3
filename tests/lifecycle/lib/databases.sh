# What the life-cycle scripts share: databases of their own, dropped when the script ends however it
# ends, and a way to say what is expected. To be sourced; PGHOST, PGPORT and PGUSER name the server.

script=$(basename "$0" .sh)
databases=()

# Prints the name of a database of this script's own: short, and unlike any other script's.
name_of() {
  echo "life_$(printf '%s' "$script" | md5sum | cut -c1-8)_$1"
}

# Creates an empty database, with the options of CREATE DATABASE that follow, and leaves its name in the variable of that name.
fresh_database() {
  local name
  name=$(name_of "$1")
  psql -X -q -v ON_ERROR_STOP=1 -d postgres -c 'set client_min_messages = warning' \
    -c "drop database if exists $name with (force)" -c "create database $name ${2-}"
  databases+=("$name")
  printf -v "$1" '%s' "$name"
}

drop_databases() {
  local name
  for name in "${databases[@]}"; do
    psql -X -q -d postgres -c "drop database if exists $name with (force)"
  done
}
trap drop_databases EXIT

# Runs SQL from standard input; the first error ends the script.
run() {
  psql -X -q -v ON_ERROR_STOP=1 -d "$1" >/dev/null
}

run_file() {
  psql -X -q -v ON_ERROR_STOP=1 -d "$1" -f "$2" >/dev/null
}

# Prints the rows of one query, columns separated by |.
ask() {
  psql -X -q -v ON_ERROR_STOP=1 -A -t -d "$1" -c "$2"
}

# Prints what a statement fails with; the script ends if it does not fail.
error_of() {
  local printed
  if printed=$(psql -X -q -v ON_ERROR_STOP=1 -v VERBOSITY=verbose -A -t -d "$1" -c "$2" 2>&1); then
    fail "no error from: $2"
  fi
  printf '%s\n' "$printed"
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# expect WHAT EXPECTED ACTUAL
expect() {
  if [ "$2" != "$3" ]; then
    printf 'FAILED: %s\n--- expected\n%s\n--- actual\n%s\n' "$1" "$2" "$3" >&2
    exit 1
  fi
  echo "ok: $1"
}

# expect_part WHAT PART WHOLE
expect_part() {
  case "$3" in
    *"$2"*) echo "ok: $1" ;;
    *) printf 'FAILED: %s\n--- should contain\n%s\n--- actual\n%s\n' "$1" "$2" "$3" >&2; exit 1 ;;
  esac
}

# expect_same WHAT FILE FILE
expect_same() {
  diff -u "$2" "$3" >&2 || fail "$1"
  echo "ok: $1"
}
