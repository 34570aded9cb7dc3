-- Every booking would fail on it. CREATE EXTENSION does nothing by halves.
\i regress/adopted/scratch.sql
-- With the older functions, which are not to be moved either.
\set ECHO none
\i fixtures/existing_app.sql
\set ECHO all
delete from client_sessions;
alter table client_sessions add room integer not null;
alter table notifications add channel text not null;
create extension peer_exchange cascade;
select count(*) as extensions from pg_extension where extname = 'peer_exchange';
select to_regnamespace('peer_exchange') as schema, to_regnamespace('peer_exchange_legacy') as legacy_schema;
select count(*) as older_functions from pg_proc where pronamespace = 'public'::regnamespace and proname like 'process_peer%';
select count(*) as our_policies from pg_policy where polname like 'peer\_%';

-- With the fix that is named it goes through.
alter table client_sessions alter column room set default 1;
alter table notifications alter column channel drop not null;
update credits set current_balance = balance;
create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';

-- A column that comes later is found by the next setup(), whose dry run says so without failing.
alter table client_sessions add door integer not null;
select * from peer_exchange.setup(true);
select * from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
