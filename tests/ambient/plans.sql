-- Postgres plans otherwise: never by hashing or merging, in the order in which a statement is written, and by several workers where it may.
do $$
declare
  configured text;
begin
  foreach configured in array array[
    'enable_hashjoin = off', 'enable_mergejoin = off', 'enable_hashagg = off', 'enable_material = off', 'enable_memoize = off',
    'join_collapse_limit = 1', 'from_collapse_limit = 1',
    'parallel_setup_cost = 0', 'parallel_tuple_cost = 0', 'min_parallel_table_scan_size = 0', 'min_parallel_index_scan_size = 0']
  loop
    execute format('alter database %I set %s', current_database(), configured);
  end loop;
end $$;
