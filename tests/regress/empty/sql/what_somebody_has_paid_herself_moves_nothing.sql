-- A session of an older generation, in which its client is her own practitioner: what she paid for it she has. It ends like any other,
-- and no credits are made or lost.
begin;
call story.starts();
call give('Ann', 200);
set local session_replication_role = replica;
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking, occupied_during,
                             occupied_timezone, credit_cost, payment_status)
select id('Ann'), id('Ann'), monday(), '10:00', 60, 'scheduled', true,
       tstzrange(monday() + time '10:00', monday() + time '11:00'), 'UTC', 60, 'paid';
insert into credit_transactions (id, user_id, transaction_type, amount, balance_before, balance_after, session_id)
values ('d0000000-0000-4000-8000-000000000001', id('Ann'), 'session_payment', 60, 200, 140, session('Ann', 'Ann')),
       ('d0000000-0000-4000-8000-000000000002', id('Ann'), 'session_earning', 60, 140, 200, session('Ann', 'Ann'));
set local session_replication_role = origin;
create procedure pg_temp.tells() language plpgsql as $$
begin
  raise notice '%', (select string_agg(format('%s %s', status, payment_status), ', ') from story.sessions);
  raise notice '%', (select string_agg(format('%s %s', type, after), ', ') from story.ledger where person = 'Ann' and type <> 'bonus');
  raise notice '% of Ann, % findings', (select balance from public.credits where user_id = story.id('Ann')),
               (select count(*) from peer_exchange.verify_ledger());
end $$;
savepoint before;
call signs_in('Ann');
select process_peer_booking_refund(session('Ann', 'Ann'))::jsonb - 'session_id' as reply;
call signs_in(null);
call pg_temp.tells();
rollback to before;
update client_sessions set status = 'cancelled';
call pg_temp.tells();
rollback to before;
update users set is_active = false where id = id('Ann');
call pg_temp.tells();
rollback to before;
delete from users where id = id('Ann');
select * from sessions;
select * from peer_exchange.verify_ledger();
rollback to before;
-- What she paid and did not get comes back.
set local session_replication_role = replica;
update credit_transactions set amount = 20, balance_after = 160 where transaction_type = 'session_earning';
update credits set balance = 160 where user_id = id('Ann');
set local session_replication_role = origin;
update client_sessions set status = 'cancelled';
call pg_temp.tells();
rollback;
