-- Triggers that fire once for a statement do not fire where the statement is about a table above: a cancellation would give nothing back,
-- and a session that nobody charges would be nobody's orphan.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create table every_session (like client_sessions) partition by list (status);
alter table every_session attach partition client_sessions default;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
alter table every_session detach partition client_sessions;
select count(*) > 0 as was_set_up from peer_exchange.setup();
-- Also where it becomes one later.
drop table every_session;
create table every_session (like client_sessions) partition by list (status);
alter table every_session attach partition client_sessions default;
select object, action, detail from peer_exchange.setup(true) where action = 'conflict';
\i regress/adopted/scratch_end.sql
