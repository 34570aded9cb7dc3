-- Every cell of the third table of allowed.md, tried for real.
begin;
create temporary table verdict on commit drop as
select *, access.can_use(actor, relation_name) as actual from access.allowed_relation;

\echo These are not as the table says:
select * from verdict where actual is distinct from allowed;

do $$
begin
  assert (select count(*) from verdict) >= 14, 'the table was not read';
  assert not exists (select from verdict where actual is distinct from allowed);
end $$;
call access.nothing_happened();
rollback;
