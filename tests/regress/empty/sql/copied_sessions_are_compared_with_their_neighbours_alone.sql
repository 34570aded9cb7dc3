-- Many sessions by one statement, into a table that was empty when the guards' statements were planned: what each reads does
-- not grow with those before it.
begin;
call story.starts();
set local session_replication_role = replica;
insert into users (id, email, first_name, user_role)
select md5('person' || n)::uuid, 'person' || n || '@example.test', 'P' || n, 'osteopath' from generate_series(0, 199) as n;
set local session_replication_role = origin;
analyze users, client_sessions;
create function pg_temp.rows_read() returns bigint
language sql volatile
as $$
  select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_xact_user_tables where relname = 'client_sessions'
$$;
create temporary table before_it as select pg_temp.rows_read() as rows_read;
insert into client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, status, is_peer_booking)
select md5('person' || n % 100)::uuid, md5('person' || 100 + n % 100)::uuid, monday() + (n / 100)::integer, '10:00', 60, 'scheduled', true
  from generate_series(0, 2999) as n;
select case when pg_temp.rows_read() - rows_read < 3000 * 100 then 'next to nothing' else format('%s rows', pg_temp.rows_read() - rows_read) end as read
  from before_it;
select count(*) as inserted, count(occupied_during) as have_a_time from client_sessions;
rollback;
