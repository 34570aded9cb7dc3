-- As a build that failed leaves it.
begin;
call story.starts();
update pg_index set indisvalid = false where indexrelid = 'client_sessions_client_day_idx'::regclass;
update pg_index set indisready = false where indexrelid = 'credit_transactions_idempotency_key_idx'::regclass;
select object, action, right(detail, 30) as detail from peer_exchange.setup(true) where action <> 'unchanged';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select count(*) as not_valid from pg_index where not (indisvalid and indisready);
select distinct action from peer_exchange.setup();
rollback;
