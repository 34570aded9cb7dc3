-- A booking, its refund, a refused self-service balance and the ledger. Everything is rolled back.
begin;
select set_config('request.jwt.claims',
                  '{"sub": "a0000000-0000-4000-8000-000000000001", "role": "authenticated"}', true) \g /dev/null
set local role authenticated;
select public.create_peer_booking(
         'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
         (date_trunc('week', now()) + interval '5 weeks 2 days')::date, '10:00', 60, 'massage') as reply \gset
select :'reply'::json ->> 'success' = 'true', :'reply'::json ->> 'credit_cost';
select public.process_peer_booking_refund((:'reply'::json ->> 'session_id')::uuid) as reply \gset
select :'reply'::json ->> 'success' = 'true', :'reply'::json ->> 'refund_percent', :'reply'::json ->> 'refunded_credits';
-- She sees her own balance alone.
select count(*) = 1 from public.credits;
do $$
begin
  update public.credits set balance = 1000000;
  raise exception using errcode = 'P0001', message = 'a balance was written';
exception when insufficient_privilege then
  perform set_config('lifecycle.sqlstate', sqlstate, true);
end $$;
select current_setting('lifecycle.sqlstate');
reset role;
select count(*) = 0 from peer_exchange.verify_ledger();
rollback;
