-- A trigger on sessions writes an audit, and default privileges gave everybody everything on it: whoever put a trigger there
-- would have it fired by our bookings, with the rights of the owner. setup() names the table, and the statement closes it.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select object, action from story.reported where detail like '%REVOKE TRIGGER%' order by object collate "C";
-- Not even the application had to lend its rights: its function is no definer any more.
alter function audit_session() security invoker;
create function story.mine() returns trigger language plpgsql as $$
begin
  raise notice 'fired with the rights of %', current_user;
  return null;
end $$;
savepoint open;
call signs_in('Ann');
set local role authenticated;
create trigger mine after insert on session_audit for each row execute function story.mine();
reset role;
select book('Ann', 'Ben') -> 'success' as booked;
rollback to open;

select substring(detail from 'REVOKE TRIGGER.*$') as statement from story.reported where detail like '%REVOKE TRIGGER%' order by object \gexec
set local role authenticated;
create trigger mine after insert on session_audit for each row execute function story.mine();
\echo :LAST_ERROR_SQLSTATE
reset role;
select object from peer_exchange.setup(true) where detail like '%REVOKE TRIGGER%';

-- By way of a function, of other tables and their triggers, and of another schema.
rollback to open;
create schema archive;
grant usage on schema archive to authenticated;
create table archive.entries (of_session uuid);
create table archive.copies (of_session uuid);
create table archive.other (of_session uuid);
grant trigger on all tables in schema archive to authenticated;
create function archive.keep(id uuid) returns void language sql as $$ insert into archive.entries values (id) $$;
create function archive.archives() returns trigger language plpgsql as $$ begin perform archive.keep(new.session_id); return null; end $$;
create function archive.copies() returns trigger language plpgsql as $$ begin Insert Into archive."copies" values (new.of_session); return null; end $$;
create trigger archives after insert on session_audit for each row execute function archive.archives();
create trigger copies after insert on archive.entries for each row execute function archive.copies();
select object from peer_exchange.setup(true) where detail like '%REVOKE TRIGGER%' order by object collate "C";
rollback;
