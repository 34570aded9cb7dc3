#!/usr/bin/env bash
# schedule_jobs() with a real pg_cron: what it schedules is scheduled once and runs; what it
# unschedules is gone, and other people's jobs stay. Transactions are SERIALIZABLE unless they say otherwise.
set -euo pipefail
source "$(dirname "$0")/../lifecycle/lib/databases.sh"

# The one database that this server's pg_cron works in.
databases+=(jobs)
psql -X -q -v ON_ERROR_STOP=1 -d postgres -c 'create database jobs'
run jobs <<'SQL'
set client_min_messages = warning;
create extension pg_cron;
create extension peer_exchange cascade;
select * from peer_exchange.setup();
select cron.schedule('of the application', '0 0 1 1 *', 'select 1');
alter database jobs set default_transaction_isolation = serializable;
SQL
jobs='select job, schedule, action from peer_exchange'

expect 'everything is scheduled' \
'peer_exchange.send_due_reminders|* * * * *|scheduled
peer_exchange.cancel_orphaned_sessions|*/5 * * * *|scheduled
peer_exchange.settle_due_sessions|*/5 * * * *|scheduled
peer_exchange.expire_requests|*/5 * * * *|scheduled
peer_exchange.purge_job_history|47 3 * * *|scheduled' \
  "$(ask jobs "$jobs.schedule_jobs() where job <> 'peer_exchange.purge_refusals'")"
expect 'once is enough' 'unchanged' "$(ask jobs 'select distinct action from peer_exchange.schedule_jobs()')"
run jobs <<<"select cron.schedule('peer_exchange.send_due_reminders', '0 1 * * *', 'select 2')"
expect 'what was changed is set right' 'peer_exchange.send_due_reminders|* * * * *|rescheduled' \
  "$(ask jobs "$jobs.schedule_jobs() where action <> 'unchanged'")"
expect 'no job is there twice' '0' \
  "$(ask jobs 'select count(*) from (select from cron.job group by jobname having count(*) > 1) as twice')"

# A reminder is due, which pg_cron sends within a minute.
run jobs <<'SQL'
insert into public.users (id, email, first_name, user_role) values
  ('a0000000-0000-4000-8000-000000000001', 'ann@example.test', 'Ann', 'osteopath'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', 'Ben', 'osteopath');
select peer_exchange.grant_credits('a0000000-0000-4000-8000-000000000001', 60, 'Welcome');
select public.create_peer_booking('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
         (now() + interval '10 hours')::date, (now() + interval '10 hours')::time, 60, 'massage');
set session_replication_role = replica;
update public.credit_transactions set created_at = now() - interval '2 days';
SQL
for _ in $(seq 300); do
  reminders=$(ask jobs "select count(*) from public.notifications where type = 'peer_booking_reminder'")
  [ "$reminders" = 0 ] || break
  sleep 0.25
done
expect 'pg_cron has reminded both' '2' "$reminders"

run jobs <<'SQL'
insert into cron.job_run_details (jobid, runid, command, status, end_time)
select jobid, 1000000 + jobid, 'old', 'succeeded', now() - interval '8 days' from cron.job;
SQL
ask jobs "select command from cron.job where jobname = 'peer_exchange.purge_job_history'" | run jobs
expect 'old runs are forgotten, but for those of others' 'of the application' \
  "$(ask jobs "select jobname from cron.job_run_details join cron.job using (jobid) where job_run_details.command = 'old'")"

ask jobs 'select * from peer_exchange.unschedule_jobs()' >/dev/null
expect 'only the job of the application is left' 'of the application' "$(ask jobs 'select jobname from cron.job')"
expect 'a second time there is nothing to take back' '' "$(ask jobs 'select * from peer_exchange.unschedule_jobs()')"
