\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits drop constraint credits_balance_check;
insert into credits (user_id, balance, current_balance) values ('a0000000-0000-4000-8000-000000000003', -15, -15);
update credits set current_balance = balance;
create extension peer_exchange cascade;
do 'begin perform peer_exchange.setup(); end';
select object, action from peer_exchange.setup() where action <> 'unchanged' and object not like 'privileges%' order by object;
select detail like '%-15%' and detail like '%credits_balance_not_negative%' as says_why from peer_exchange.setup() where action = 'conflict';
select conname from pg_constraint where conrelid = 'credits'::regclass and conname like '%negative' order by conname;
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as others_can_book;
rollback;
-- Mended, the constraint comes.
update credits set balance = 0 where balance < 0;
select object, action from peer_exchange.setup() where action <> 'unchanged' order by object;
\i regress/adopted/scratch_end.sql
