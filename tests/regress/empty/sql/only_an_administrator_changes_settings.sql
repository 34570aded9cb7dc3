\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
-- Before the library is loaded Postgres knows no such setting and lets anybody set it; that is worth
-- nothing once it is.
begin;
call story.starts();
create role ordinary;
grant usage on schema peer_exchange, story to ordinary;
grant execute on all functions in schema public, peer_exchange to ordinary;
set local role ordinary;
set local peer_exchange.credits_per_minute = 0.001;
select get_practitioner_credit_cost(id('Ben'), 60) as cost;

set peer_exchange.credits_per_minute = 0.001;
set peer_exchange.max_duration_minutes = 1000;
set peer_exchange.min_notice_minutes = 1;
set peer_exchange.max_advance_days = 1;
set peer_exchange.buffer_minutes = 1;
set peer_exchange.timezone = 'UTC';
set peer_exchange.refusal_retention_days = 1;
set peer_exchange.practitioner_roles = 'client';
select set_config('peer_exchange.credits_per_minute', '0.001', true);
reset role;
-- A slip of the pen is no setting, nor is a value without sense.
set peer_exchange.credit_per_minute = 2;
set peer_exchange.credits_per_minute = -1;
set peer_exchange.credits_per_minute = 'NaN';
set peer_exchange.max_duration_minutes = 0;
set peer_exchange.min_notice_minutes = -1;
set peer_exchange.max_advance_days = -1;
set peer_exchange.buffer_minutes = -1;
set peer_exchange.refusal_retention_days = -1;
rollback;
select name, setting, context from pg_settings where name like 'peer\_exchange.%' order by name;
