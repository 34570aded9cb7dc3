# A next version of the extension that changes next to nothing, in the run's own installation and only
# until the script ends. To be sourced after databases.sh.

# Found through its program, not through pg_config, which names the system's folders.
extension_folder() {
  local programs prefix folder
  programs=$(dirname "$(command -v postgres)")
  prefix=${programs%/lib/postgresql/*}
  for folder in "$prefix"/share/postgresql/*/extension "$programs/../share/extension" \
    "$programs/../share/postgresql/extension"; do
    if [ -f "$folder/peer_exchange.control" ]; then
      echo "$folder"
      return
    fi
  done
  fail 'the folder of peer_exchange.control was not found'
}

add_next_version() {
  extension_files=$(extension_folder)
  this_version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" "$extension_files/peer_exchange.control")
  next_version=$this_version.next
  trap remove_next_version EXIT
  printf '%s\n' "comment on extension peer_exchange is 'the next version';" \
    > "$extension_files/peer_exchange--$this_version--$next_version.sql"
  chmod a+r "$extension_files/peer_exchange--$this_version--$next_version.sql"
}

remove_next_version() {
  rm -f "$extension_files/peer_exchange--$this_version--$next_version.sql"
  drop_databases
}
