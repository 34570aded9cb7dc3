-- Ledger rows outlive the person.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credit_transactions drop constraint credit_transactions_user_id_fkey,
  add constraint entries_of_a_user foreign key (user_id) references users (id) on delete cascade;
update credits set current_balance = balance;
create extension peer_exchange cascade;
do 'begin perform peer_exchange.setup(); end';
\i regress/adopted/scratch_story.sql
select conname from pg_constraint where conrelid = 'credit_transactions'::regclass and contype = 'f' and confdeltype <> 'a';
begin;
call story.starts();
delete from users where id = id('Ann');
select person, type, amount, before, after from ledger where person = 'Ann' order by type;
select count(*) as balance_rows_of_ann from credits where user_id = id('Ann');
select books_balance();
rollback;
-- setup() reports what it replaces.
drop extension peer_exchange cascade;
alter table credit_transactions add constraint entries_of_a_user foreign key (user_id) references users (id) on delete set null;
create extension peer_exchange;
select object, action, detail from peer_exchange.setup() where object like 'foreign key%';
\i regress/adopted/scratch_end.sql
