# A server without the roles of a Supabase project, although other tests of the run share it: roles
# that exist are put aside under another name and come back at the end. To be sourced after
# databases.sh.

role_names=(anon authenticated service_role authenticator peer_exchange_figures)

# Grants follow the role, not its name.
rename_role() {
  psql -X -q -v ON_ERROR_STOP=1 -d postgres <<SQL
select format('alter role %I rename to %I', '$1', '$2') from pg_roles where rolname = '$1' \gexec
SQL
}

put_roles_aside() {
  local name
  trap bring_roles_back EXIT
  for name in "${role_names[@]}"; do
    rename_role "$name" "life_$name"
  done
}

bring_roles_back() {
  local name
  drop_databases
  for name in "${role_names[@]}"; do
    psql -X -q -d postgres -c 'set client_min_messages = warning' -c "drop role if exists $name"
    rename_role "life_$name" "$name"
  done
}
