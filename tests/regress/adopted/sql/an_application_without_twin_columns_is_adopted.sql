-- No current_balance, no user_id, message or metadata.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits drop column current_balance;
alter table notifications drop column user_id, drop column message, drop column metadata, drop column read;

create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where action = 'conflict';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select * from balances;
select * from messages;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
