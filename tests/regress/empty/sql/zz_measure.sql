begin;
call story.starts();
create function cpu() returns numeric language sql as $$
  select (f[12]::numeric + f[13]::numeric) / 100 from (select regexp_split_to_array(split_part(pg_read_file('/proc/' || pg_backend_pid() || '/stat', 0, 4000), ') ', 2), ' ') as f) as x $$;
set session_replication_role = replica;
insert into users (id, email, first_name, last_name, user_role)
select ('d0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'p' || n || '@m.test', 'P' || n, 'Measured', 'osteopath' from generate_series(1, 1000) as n;
insert into credits (user_id, balance, held, owed, total_earned, total_spent) select id, 1000, 0, 0, 300000, 300 from users where last_name = 'Measured' on conflict do nothing;
insert into client_sessions (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type, status, is_peer_booking)
select ('d0000000-0000-4000-8000-' || lpad((1 + n % 1000)::text, 12, '0'))::uuid, ('d0000000-0000-4000-8000-' || lpad((1 + (n + 500) % 1000)::text, 12, '0'))::uuid, 'x',
       current_date - 1 - (n / 100), make_time(8 + n % 8, 0, 0), 60, 'massage', 'completed', true from generate_series(0, 9999) as n;
create temporary table filled as
select gen_random_uuid() as id, ('d0000000-0000-4000-8000-000000000001')::uuid as therapist_id,
       ('d0000000-0000-4000-8000-' || lpad((2 + n % 999)::text, 12, '0'))::uuid as client_id, current_date + 500 + (n / 8)::integer as session_date, make_time(8 + n % 8, 0, 0) as start_time
  from generate_series(0, 4999) as n;
insert into client_sessions (id, therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type, status, payment_status, is_peer_booking, occupied_during)
select id, therapist_id, client_id, 'x', session_date, start_time, 60, 'massage', 'scheduled', 'paid', true,
       tstzrange((session_date + start_time) at time zone 'UTC', (session_date + start_time) at time zone 'UTC' + interval '60 minutes') from filled;
insert into credit_transactions (id, user_id, transaction_type, amount, balance_before, balance_after, session_id)
select gen_random_uuid(), party.user_id, party.kind, 60, 60, party.balance_after, filled.id
  from filled cross join lateral (values (client_id, 'session_payment', 0), (therapist_id, 'session_earning', 120)) as party (user_id, kind, balance_after);
set session_replication_role = origin;
analyze;
create procedure measure() language plpgsql as $$
declare c numeric; t timestamptz;
begin
  for run in 1..6 loop
    begin
      c := cpu(); t := clock_timestamp();
      update users set is_active = false where id = 'd0000000-0000-4000-8000-000000000001';
      raise notice 'run %: % s of processor time, % s in all; % cancelled', run, cpu() - c, round(extract(epoch from clock_timestamp() - t)::numeric, 2),
        (select count(*) from client_sessions where status = 'cancelled');
      raise exception using errcode = 'P0999';
    exception when sqlstate 'P0999' then null;
    end;
  end loop;
end $$;
call measure();
rollback;
