-- On a database that has nothing yet, and writes nothing itself.
begin;
call story.starts();
set local client_min_messages = warning;
drop table users, client_sessions, credits, credit_transactions, practitioner_products, practitioner_availability,
           calendar_events, notifications, cancellation_policies cascade;
create temporary table announced on commit drop as select * from peer_exchange.setup(true);
select count(*) as tables_after_the_dry_run from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r';
create temporary table done on commit drop as select * from peer_exchange.setup(false);
(table announced except all table done) union all (table done except all table announced);
select object, action from done where object like 'table %' order by object;
select action, count(*) > 0 as some from done group by action order by action;
select array_agg(distinct action) as actions_of_a_second_run from peer_exchange.setup();
rollback;
