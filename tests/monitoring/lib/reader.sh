# A monitoring login and the databases that it looks at. To be sourced after the life-cycle scripts' libraries.

reader=monitoring_reader

create_reader() {
  run postgres <<SQL
set client_min_messages = warning;
drop role if exists $reader;
create role $reader login in role peer_exchange_figures;
SQL
}

drop_reader() {
  drop_databases
  psql -X -q -d postgres -c 'set client_min_messages = warning' -c "drop role if exists $reader"
}
trap drop_reader EXIT
