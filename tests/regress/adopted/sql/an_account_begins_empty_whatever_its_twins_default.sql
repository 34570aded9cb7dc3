-- An application that begins every account with credits by a default of its older column is told so: nothing says whether somebody has
-- written that, and the ledger would not explain it. Once the default is 0, accounts are opened.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table credits alter current_balance set default 100;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup(dry_run => true) where object like 'column%current_balance' and action <> 'unchanged';
\o /dev/null
select * from peer_exchange.setup();
\o
delete from credits where user_id = 'a0000000-0000-4000-8000-000000000003';
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000003', 60, 'Welcome');
alter table credits alter current_balance set default 0.00;
select object, detail from peer_exchange.setup() where object like 'column%current_balance' and action <> 'unchanged';
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000003', 60, 'Welcome') ->> 'balance_after' as balance;
alter table credits alter current_balance drop default;
create domain credit as integer default 5;
alter table credits alter current_balance type credit;
select object, action, detail from peer_exchange.setup() where object like 'column%current_balance' and action <> 'unchanged';
\i regress/adopted/scratch_end.sql
