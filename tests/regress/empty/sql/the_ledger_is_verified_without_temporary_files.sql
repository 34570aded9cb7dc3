-- However many entries there are: what can't be kept in memory would have to be written to disk, and may not here.
begin;
call story.starts();
set local work_mem = '64kB';
set local session_replication_role = replica;
insert into users (id, email, first_name, user_role)
select md5('person' || n)::uuid, 'person' || n || '@example.test', 'P' || n, 'osteopath' from generate_series(0, 199) as n;
insert into client_sessions (id, therapist_id, client_id, session_date, start_time, duration_minutes, status, is_peer_booking)
select md5('session' || n)::uuid, md5('person' || n % 200)::uuid, md5('person' || (n + 1) % 200)::uuid, date '2020-01-01', '10:00', 60,
       'completed', true
  from generate_series(0, 9999) as n;
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id)
select md5('person' || person)::uuid, kind, 60, case kind when 'session_payment' then 60 else 0 end,
       case kind when 'session_payment' then 0 else 60 end, md5('session' || n)::uuid
  from generate_series(0, 9999) as n
 cross join lateral (values ('session_earning', n % 200), ('session_payment', (n + 1) % 200)) as party (kind, person);
insert into credits (user_id, balance) select md5('person' || n)::uuid, 0 from generate_series(0, 199) as n;
set local session_replication_role = origin;
analyze client_sessions, credit_transactions, credits;
set local temp_file_limit = 0;
-- As in a connection that has verified often.
set local plan_cache_mode = force_generic_plan;
select count(*) as findings from peer_exchange.verify_ledger();
update credits set balance = 1 where user_id = md5('person7')::uuid;
select finding, expected, actual from peer_exchange.verify_ledger();
rollback;
