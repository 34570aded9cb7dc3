-- Every cell of the first table of allowed.md, tried for real.
begin;
set local client_min_messages = error;

create temporary table verdict on commit drop as
select cell.rows, cell.action, tried.column_name, cell.actor, cell.allowed,
       access.can(cell.actor, cell.action, cell.rows, tried.column_name) as actual
  from access.allowed_action as cell
 cross join lateral (
       select cell.column_name where cell.action <> 'select'
       union all
       select attname from pg_attribute
        where cell.action = 'select'
          and attrelid = access.place_of(access.table_of(cell.rows))::regclass
          and attnum > 0 and not attisdropped) as tried (column_name);

\echo These are not as the table says:
select * from verdict where actual is distinct from allowed;

do $$
begin
  assert (select count(*) from verdict) > 1500, 'the table was not read';
  assert not exists (select from verdict where actual is distinct from allowed);
end $$;
call access.nothing_happened();
rollback;
