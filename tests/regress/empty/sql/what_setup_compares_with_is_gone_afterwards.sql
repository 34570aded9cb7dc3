-- It makes tables of its own to compare with, and takes them back. The application's owner, as whom it plans, may have
-- been forbidden temporary ones; whoever watches definitions sees what is done and nothing else.
begin;
call story.starts();
create temporary table seen on commit drop as select 'nothing'::text as command with no data;
create function pg_temp.see() returns event_trigger language plpgsql as
  $$ begin insert into pg_temp.seen select command_tag from pg_event_trigger_ddl_commands(); end $$;
create event trigger watches on ddl_command_end execute function pg_temp.see();
create temporary table before on commit drop as select oid from pg_class;
truncate seen;
select count(*) > 0 as says_something from peer_exchange.setup(true);
select count(*) > 0 as says_something from peer_exchange.setup();
select relname from pg_class where oid not in (select oid from before) and relname <> 'before';
select * from seen;
rollback;
