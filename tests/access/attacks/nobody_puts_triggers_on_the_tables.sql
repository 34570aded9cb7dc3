-- setup() takes TRIGGER and REFERENCES from ordinary roles, whoever gave them.
begin;
do $$
declare
  host_tables constant text[] := array(select table_name from peer_exchange.host_tables());
  host_table  text;
begin
  execute format('grant temporary on database %I to authenticated', current_database());
  call access.becomes('Ann');
  create function pg_temp.mine() returns trigger language plpgsql as 'begin alter role authenticator superuser; return new; end';
  foreach host_table in array host_tables loop
    call access.fails(format('create trigger mine before insert or update or delete on public.%I for each row execute function pg_temp.mine()', host_table));
    assert not has_table_privilege('public.' || host_table, 'references'), host_table;
  end loop;
end $$;
call access.becomes('owner');

-- Given away again, it is taken again.
grant trigger, references on public.credits, public.users to anon, authenticated, public;
select count(*) > 0 as was_set_up from peer_exchange.setup();
do $$
begin
  assert not has_table_privilege('authenticated', 'public.credits', 'trigger, references')
         and not has_table_privilege('anon', 'public.users', 'trigger, references');
end $$;
call access.nothing_happened();
rollback;
