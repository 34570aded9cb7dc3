-- CREATE EXTENSION makes no table; setup() does.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
drop table credits, credit_transactions, notifications, practitioner_products, practitioner_availability, calendar_events, cancellation_policies;

create extension peer_exchange cascade;
select object, action from peer_exchange.setup() where object like 'table %' order by object;
select distinct action from peer_exchange.setup();
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
call give('Ann', 100);
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
select count(*) as own_balance, (select count(*) from credit_transactions) as own_entries, (select count(*) from notifications) as own_messages from credits;
reset role;
call signs_in(null);
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
