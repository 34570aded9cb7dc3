-- One that a crash empties, one whose rows are not guarded, one without a key.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits set unlogged;
create table former_sessions () inherits (client_sessions);
alter table notifications drop constraint notifications_pkey;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup() where object like 'table %' and action = 'conflict';
alter table credits set logged;
drop table former_sessions;
alter table notifications add primary key (id);
select object from peer_exchange.setup() where object like 'table %' and action = 'conflict';
\i regress/adopted/scratch_end.sql
