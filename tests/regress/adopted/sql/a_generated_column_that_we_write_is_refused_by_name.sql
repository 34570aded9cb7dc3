\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
alter table client_sessions drop column if exists credit_cost;
alter table client_sessions add column credit_cost integer generated always as (duration_minutes) stored;
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup(true);
alter table client_sessions alter column credit_cost drop expression;
select object, action from peer_exchange.setup(true) where object like '%credit_cost';
\i regress/adopted/scratch_end.sql
