-- For other rows, other roles, another command, other new rows; restrictive for permissive.
begin;
call story.starts();
alter policy peer_exchange_own_balance on credits using (true);
alter policy peer_exchange_own_entries on credit_transactions to current_user;
alter policy peer_exchange_mark_read on notifications with check (true);
drop policy peer_exchange_hours on practitioner_availability;
create policy peer_exchange_hours on practitioner_availability for all using (true);
drop policy peer_exchange_own_notifications on notifications;
create policy peer_exchange_own_notifications on notifications as restrictive for select using (true);
select object, action, detail from peer_exchange.setup(true) where action <> 'unchanged' and object like '%notifications';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select distinct action from peer_exchange.setup();
select count(*) from pg_policy where pg_get_expr(polqual, polrelid) = 'true' or pg_get_expr(polwithcheck, polrelid) = 'true';
select obj_description(oid) from pg_policy where polname = 'peer_exchange_own_balance';
rollback;
