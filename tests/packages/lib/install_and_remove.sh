# The life of a Debian package on the system that this is run on. To be sourced in a copy of one.
source "$WORKSPACE/tests/packages/lib/server.sh"
source "$WORKSPACE/tests/lifecycle/lib/databases.sh"
source "$WORKSPACE/tests/lifecycle/lib/application.sh"

# expect_to_be_installed_and_removed MAJOR
expect_to_be_installed_and_removed() {
  local name=postgresql-$1-peer-exchange files file
  install_package "$1"
  files=$(dpkg --listfiles "$name" | grep peer_exchange)
  start_server "$1"
  fresh_database shop
  furnish "$shop"
  expect_it_works "$shop" "PostgreSQL $1"
  expect 'it is the version of the package' "$(dpkg-query -W -f '${Version}' "$name")" \
    "$(ask "$shop" "select extversion || '-1' from pg_extension where extname = 'peer_exchange'")"

  run "$shop" <<< 'set client_min_messages = warning; drop extension peer_exchange cascade'
  dpkg --purge "$name" >/dev/null
  for file in $files; do
    [ ! -e "$file" ] || fail "$file is left behind"
  done
  expect_part 'without the package there is no extension' '0A000' \
    "$(error_of "$shop" 'create extension peer_exchange cascade')"
}
