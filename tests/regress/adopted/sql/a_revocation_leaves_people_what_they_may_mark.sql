-- A privilege on a table takes those on its columns with it when it is revoked. What people may mark as read stays theirs
-- when setup() revokes something else.
\set VERBOSITY terse
begin;
grant trigger, references on notifications to authenticated;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged' and object like 'privileges %';
select has_column_privilege('authenticated', 'notifications', 'read_at', 'update') as may_mark,
       has_table_privilege('authenticated', 'notifications', 'trigger') as may_put_triggers,
       has_table_privilege('authenticated', 'notifications', 'update') as may_rewrite;
rollback;
