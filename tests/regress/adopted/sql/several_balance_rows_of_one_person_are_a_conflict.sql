\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits drop constraint credits_user_id_key;
update credits set current_balance = balance;
insert into credits (user_id, balance, current_balance) values ('a0000000-0000-4000-8000-000000000001', 5, 5);
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup() where action = 'conflict';
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select finding, who(user_id) as person from peer_exchange.verify_ledger() order by 1;
-- Whose balance it is nobody knows: a fault, and not a credit from either row.
select world() as before \gset
savepoint before_it;
\set VERBOSITY sqlstate
select book('Ann', 'Ben');
\set VERBOSITY default
rollback to before_it;
select world() = :'before' as nothing_was_written;
-- Others are not concerned.
select book('Ben', 'Cyd', minutes => 30) -> 'success' as booked;
rollback;
delete from credits where balance = 5;
select object, action from peer_exchange.setup() where action <> 'unchanged';
\i regress/adopted/scratch_end.sql
