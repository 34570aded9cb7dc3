-- The owner of the application's tables may execute whatever the extension brings: that lends her no right to the tables of others.
begin;
call story.starts();
create role other_than_owner;
grant usage on schema peer_exchange to other_than_owner;
grant execute on function peer_exchange.exclude_by_index(oid, text, oid[]) to other_than_owner;
create table held (id uuid, during tstzrange);
create index held_apart on held using gist (id, during);
select array['=(uuid,uuid)', '&&(anyrange,anyrange)']::regoperator[]::oid[] as operators,
       array['=(text,text)', '&&(anyrange,anyrange)']::regoperator[]::oid[] as misfits,
       array['=(uuid,uuid)']::regoperator[]::oid[] as too_few,
       'held_apart'::regclass::oid as index \gset
savepoint before_it;
set local role other_than_owner;
select peer_exchange.exclude_by_index(:index, 'held_apart', :'operators');
\echo :LAST_ERROR_SQLSTATE
rollback to before_it;
set local role other_than_owner;
select peer_exchange.exclude_by_index('pg_class_oid_index'::regclass, 'mine', array['=(oid,oid)']::regoperator[]::oid[]);
\echo :LAST_ERROR_SQLSTATE
rollback to before_it;

-- Nor does the owner give an index operators of other types than it knows.
select peer_exchange.exclude_by_index(:index, 'held_apart', :'misfits');
\echo :LAST_ERROR_SQLSTATE
rollback to before_it;
select peer_exchange.exclude_by_index(:index, 'held_apart', :'too_few');
\echo :LAST_ERROR_SQLSTATE
rollback to before_it;
select peer_exchange.exclude_by_index(1, 'held_apart', :'operators');
\echo :LAST_ERROR_SQLSTATE
rollback;
