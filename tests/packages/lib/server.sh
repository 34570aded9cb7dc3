# A server of the copied system's own PostgreSQL, for as long as the copy lives. To be sourced there.

# start_server MAJOR [SETTING…]
start_server() {
  local programs=/usr/lib/postgresql/$1/bin data=/var/tmp/data setting
  shift
  install --directory --owner=postgres "$data"
  runuser -u postgres -- "$programs/initdb" --auth=trust --no-sync -D "$data" >/dev/null
  {
    printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '/var/tmp'" 'fsync = off' "timezone = 'UTC'"
    for setting in "$@"; do printf '%s\n' "$setting"; done
  } >> "$data/postgresql.conf"
  export PGHOST=/var/tmp PGUSER=postgres PATH="$programs:$PATH"
  runuser -u postgres -- "$programs/pg_ctl" --wait --log=/var/tmp/log -D "$data" start >/dev/null || {
    cat /var/tmp/log >&2
    return 1
  }
}

# install_package MAJOR
install_package() {
  dpkg --install "$PACKAGES"/postgresql-"$1"-peer-exchange_*.deb >/dev/null
}
