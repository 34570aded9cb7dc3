-- An empty table beside the real one would look as if all credits were gone.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create schema app;
begin;
alter table client_sessions set schema app;
alter table credits set schema app;
alter table credit_transactions set schema app;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup(true);
rollback;
-- Of another application, whatever its name.
create table app.credits (film text);
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
\set VERBOSITY terse
alter table credits rename to wallets;
select object, action, detail from peer_exchange.setup(true);
select object from peer_exchange.setup();
alter table wallets rename to credits;
alter table client_sessions set schema app;
select object, action, detail from peer_exchange.setup(true);
alter table app.client_sessions set schema public;
select object, action from peer_exchange.setup() where action not in ('unchanged', 'conflict');
\i regress/adopted/scratch_end.sql
