-- What keeps ordinary roles from balances and ledger, whatever another policy allows.
begin;
call story.starts();
alter policy peer_exchange_no_update on credits using (true);
alter policy peer_exchange_no_insert on credit_transactions to anon;
drop policy peer_exchange_no_delivery on notifications;
create policy peer_exchange_no_delivery on notifications for insert to authenticated with check (true);
alter policy peer_booking_full_access on client_sessions to public;
select object, action, detail from peer_exchange.setup(true) where action = 'altered';
select object, action from peer_exchange.setup() where action = 'altered';
select object from peer_exchange.setup() where action = 'altered';
select polname, polpermissive, polroles::regrole[] as roles, pg_get_expr(polqual, polrelid) as using
  from pg_policy where polname = 'peer_exchange_no_update' and polrelid = 'credits'::regclass;
rollback;
