-- Under our name, but of other columns, in another order, with another condition or none, by another comparison, by
-- another method, unique where ours is not and the other way about, or on another table.
begin;
call story.starts();
drop index client_sessions_client_day_idx, client_sessions_peer_practitioner_idx, client_sessions_idempotency_key_idx,
           client_sessions_completed_idx, credit_transactions_user_idx, credit_transactions_session_idx,
           credit_transactions_idempotency_key_idx, credit_transactions_created_idx, notifications_recipient_idx,
           notifications_delivery_due_idx, practitioner_products_practitioner_idx;
create index client_sessions_client_day_idx on client_sessions (client_id, status);
create index client_sessions_peer_practitioner_idx on client_sessions (session_date, therapist_id) where is_peer_booking;
create index client_sessions_idempotency_key_idx on client_sessions (client_id, idempotency_key)
  where is_peer_booking and idempotency_key is not null;
create index client_sessions_completed_idx on client_sessions (therapist_id) where is_peer_booking and status = 'cancelled';
create index credit_transactions_user_idx on credit_transactions (user_id, created_at desc);
create index credit_transactions_session_idx on credit_transactions using hash (session_id);
create unique index credit_transactions_idempotency_key_idx on credit_transactions (user_id, idempotency_key text_pattern_ops)
  where idempotency_key is not null;
create index credit_transactions_created_idx on credit_transactions (created_at);
create index notifications_recipient_idx on notifications (created_at, recipient_id);
create unique index notifications_delivery_due_idx on notifications (delivery_due_at) where delivery_due_at is not null;
create index practitioner_products_practitioner_idx on client_sessions (product_id);
select object, action from peer_exchange.setup(true) where action <> 'unchanged';
select object, detail from peer_exchange.setup() where action <> 'unchanged' and object like 'index public.credit\_transactions\_%';
select distinct action from peer_exchange.setup();
select indexdef from pg_indexes where indexname like 'credit\_transactions\_%\_idx' order by indexname;
select obj_description('client_sessions_client_day_idx'::regclass, 'pg_class');
rollback;

-- Its columns changed under one name, from one version of ours to another.
begin;
call story.starts();
drop index client_sessions_client_day_idx;
create index client_sessions_client_day_idx on client_sessions (client_id, occupied_during);
select object, action, detail from peer_exchange.setup() where action <> 'unchanged';
rollback;

-- A unique one that rows stand in the way of stays as it is.
begin;
call story.starts();
drop index credit_transactions_idempotency_key_idx;
create index credit_transactions_idempotency_key_idx on credit_transactions (user_id, idempotency_key);
insert into credit_transactions (user_id, transaction_type, amount, balance_after, idempotency_key)
select story.id('Ann'), 'bonus', 5, 5, 'twice' from generate_series(1, 2);
select object, action, replace(detail, story.id('Ann')::text, 'Ann') as detail from peer_exchange.setup() where action <> 'unchanged';
rollback;

-- What can't be dropped as an index is somebody's.
begin;
call story.starts();
drop index credit_transactions_session_idx, credit_transactions_user_idx;
create table public.credit_transactions_session_idx ();
alter table credit_transactions add constraint credit_transactions_user_idx unique (created_at, user_id, id);
select object, action, detail from peer_exchange.setup() where action <> 'unchanged';
rollback;
