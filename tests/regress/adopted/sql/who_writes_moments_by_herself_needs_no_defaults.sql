-- An application that says in every statement when a row was made or changed, and so has no defaults for that.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table client_sessions alter created_at drop default, alter created_at set not null;
alter table credits alter updated_at drop default, alter updated_at set not null;
alter table notifications alter created_at drop default;
update credits set current_balance = balance;
set client_min_messages = warning;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup() where detail like 'default %';
select object, action from peer_exchange.setup() where action <> 'unchanged';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben', key => 'once') -> 'success' as booked;
select book('Ann', 'Ben', key => 'once') -> 'replayed' as replayed;
-- Whose account is opened by it.
select book('Ann', 'Cyd', '14:00', 30) -> 'success' as booked;
select count(*) as told from notifications where created_at = now();
rollback;
\i regress/adopted/scratch_end.sql
