-- Every booking would fail on it. setup() does nothing by halves.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
delete from client_sessions;
alter table client_sessions add room integer not null;
alter table notifications add channel text not null;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
select count(*) as our_policies from pg_policy where polname like 'peer\_%';
select count(*) as our_triggers from pg_trigger where tgname like '%peer\_exchange\_%';

-- With the fix that is named it goes through.
alter table client_sessions alter column room set default 1;
alter table notifications alter column channel drop not null;
update credits set current_balance = balance;
select object, action from peer_exchange.setup() where action = 'conflict';

-- A column that comes later is found by the next setup(), whose dry run says so without failing.
alter table client_sessions add door integer not null;
select * from peer_exchange.setup(true);
select * from peer_exchange.setup();
\i regress/adopted/scratch_end.sql
