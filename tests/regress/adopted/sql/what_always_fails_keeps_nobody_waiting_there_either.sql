-- The job acts as the owner of the application's tables, superuser or not, who postpones what can't be done.
set client_min_messages = error;
begin;
call story.starts();
call give('Ann', 200);
select ask('Ann', 'Cyd') -> 'success' as asked;
call requests_run_out();
set local session_replication_role = replica;
insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking,
                             occupied_during, occupied_timezone, held_credits, requested_at, expires_at)
select id('Ann'), id('Ben'), 'Ann', (starts_at at time zone 'UTC')::date, (starts_at at time zone 'UTC')::time, 1, 'pending_approval', true,
       tstzrange(starts_at, starts_at + interval '1 minute'), 'UTC', 1, now() - interval '3 days', now() - interval '2 days'
  from generate_series(now() - interval '499 minutes', now(), interval '1 minute') as starts_at;
set local session_replication_role = origin;
create trigger not_for_ben before insert on notifications for each row execute function story.fails_for_ben('recipient_id');
call signs_in(null, 'service_role');
select peer_exchange.expire_requests() as none_of_500;
select job, count(*) from peer_exchange.postponed_sessions group by job;
select peer_exchange.expire_requests() as then;
rollback;
