-- As the owner of the tables restores a dump, who is no superuser: he may not execute what guards call.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
create role restoring_owner;
do $$
begin
  execute (select string_agg(format('alter table %s owner to restoring_owner', oid::regclass), '; ')
             from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r');
end $$;
create extension peer_exchange cascade;
select count(*) > 0 as was_set_up from peer_exchange.setup();
create table guards as
  select tgrelid::regclass as host_table, tgname, pg_get_triggerdef(oid) as definition, tgrelid::regclass || ': ' || tgname as trigger
    from pg_trigger where tgname like '%peer\_exchange\_%';
-- The extension's script has opened nothing to him, and what setup() had opened no dump carries.
revoke all on all functions in schema peer_exchange from restoring_owner;
revoke all on schema peer_exchange from restoring_owner;
do $$
declare
  guard record;
begin
  for guard in select * from guards loop
    execute format('drop trigger %I on %s', guard.tgname, guard.host_table);
    begin
      set local role restoring_owner;
      execute guard.definition;
      reset role;
    exception when insufficient_privilege then
      reset role;
    end;
  end loop;
end $$;
-- What was loaded with the triggers off, and stayed so.
alter table client_sessions drop constraint client_sessions_no_overlap;
select count(*) as guards_left from pg_trigger where tgname like '%peer\_exchange\_%';
create temporary table announced as select object, action from peer_exchange.setup(true) where action not in ('unchanged', 'conflict');
table announced order by object;
create temporary table done as select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict');
(table announced except all table done) union all (table done except all table announced);
select distinct action from peer_exchange.setup() where action <> 'conflict';
select trigger from guards
 where not exists (select from pg_trigger where tgname = guards.tgname and pg_get_triggerdef(oid) = guards.definition);
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role restoring_owner;
\set ECHO all
