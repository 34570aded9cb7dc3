-- Its balances are larger than integers: what is made beside them is as large, and what is smaller already is named. Once that is
-- widened, nothing is in the way of whom the application has given more than an integer holds.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits alter balance type bigint, alter current_balance type bigint, alter total_spent type bigint;
alter table credit_transactions drop column balance_before;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup(dry_run => true)
 where action = 'conflict' or detail like 'added as bigint%';
\o /dev/null
select * from peer_exchange.setup();
\o
select attrelid::regclass as table_name, attname as column_name
  from pg_attribute
 where attrelid in ('credits'::regclass, 'credit_transactions'::regclass)
   and atttypid = 'integer'::regtype
 order by 1, 2;
\i regress/adopted/scratch_story.sql
drop view story.balances, story.ledger;
begin;
call story.starts();
update credits set balance = 3000000000 where user_id = id('Ben');
select peer_exchange.grant_credits(id('Ann'), 60, 'Welcome') ->> 'success' as granted;
select book('Ann', 'Ben') as no_place_for_it_in_the_ledger;
rollback;
alter table credits alter total_earned type bigint;
alter table credit_transactions alter amount type bigint, alter balance_after type bigint;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged';
begin;
call story.starts();
update credits set balance = 3000000000 where user_id = id('Ben');
select peer_exchange.grant_credits(id('Ann'), 60, 'Welcome') ->> 'success' as granted;
select book('Ann', 'Ben') -> 'practitioner_balance_after' as earned;
update users set is_active = false where id = id('Ann');
select who(user_id) as person, balance, current_balance from credits where user_id in (id('Ann'), id('Ben')) order by 1;
rollback;
\i regress/adopted/scratch_end.sql
