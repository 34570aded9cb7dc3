-- What has to be run again and again, by pg_cron where that is installed.

create function peer_exchange.has_pg_cron() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_extension where extname = 'pg_cron')
$$;

comment on function peer_exchange.has_pg_cron() is 'Whether pg_cron is installed in this database.';

-- Without a search_path of its own, since it ends transactions: it names everything in full.
create procedure peer_exchange.send_all_due_reminders()
language plpgsql
as $$
begin
  while peer_exchange.send_due_reminders() operator(pg_catalog.>) 0 loop
    commit;
  end loop;
end $$;

comment on procedure peer_exchange.send_all_due_reminders() is
  'Reminds everybody who is to be reminded now, in transactions of a thousand sessions each. For service_role and the owner.';

create function peer_exchange.recurring_jobs() returns table (job text, schedule text, command text)
language sql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select recurring.job, recurring.schedule, recurring.command
    from (values
      ('peer_exchange.send_due_reminders', '* * * * *',
       'call peer_exchange.send_all_due_reminders()', true),
      ('peer_exchange.cancel_orphaned_sessions', '*/5 * * * *',
       'select peer_exchange.cancel_orphaned_sessions()', true),
      ('peer_exchange.settle_due_sessions', '*/5 * * * *',
       'select peer_exchange.settle_due_sessions()', true),
      ('peer_exchange.expire_requests', '*/5 * * * *',
       'select peer_exchange.expire_requests()', true),
      ('peer_exchange.purge_refusals', '17 3 * * *',
       'select peer_exchange.purge_refusals()', to_regproc('peer_exchange.purge_refusals') is not null),
      -- pg_cron keeps a row of every run for ever.
      ('peer_exchange.purge_job_history', '47 3 * * *',
       'delete from cron.job_run_details where end_time < now() - interval ''7 days'' '
       || 'and jobid in (select jobid from cron.job where jobname like ''peer\_exchange.%'')', peer_exchange.has_pg_cron())
    ) as recurring (job, schedule, command, is_needed)
   where recurring.is_needed
$$;

comment on function peer_exchange.recurring_jobs() is
  'What has to be run again and again, and when, as crontab writes it.';

create function peer_exchange.schedule_jobs() returns table (job text, schedule text, command text, action text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  present record;
begin
  for job, schedule, command in select * from peer_exchange.recurring_jobs() loop
    if not peer_exchange.has_pg_cron() then
      action := 'run it yourself';
    else
      select scheduled.schedule, scheduled.command
        into present
        from cron.job as scheduled
       where scheduled.jobname = job and scheduled.username = current_user;
      action := case when not found then 'scheduled'
                     when (present.schedule, present.command) = (schedule, command) then 'unchanged'
                     else 'rescheduled' end;
      if action <> 'unchanged' then
        perform cron.schedule(job, schedule, command);
      end if;
    end if;
    return next;
  end loop;
  if not peer_exchange.has_pg_cron() then
    raise notice using
      message = 'pg_cron is not installed in this database, so nothing was scheduled',
      hint    = format('Install it and call this again, or run the commands on their schedules by other means, such as cron: '
                       '* * * * * psql -X -q -d %s -c ''call peer_exchange.send_all_due_reminders()''', current_database());
  end if;
end $$;

comment on function peer_exchange.schedule_jobs() is
  'Has pg_cron send reminders, cancel orphaned sessions, end expired requests, settle sessions that are over and tidy up; where it is missing, says what to run and when. Idempotent. For service_role and the owner.';

create function peer_exchange.unschedule_jobs() returns table (job text, schedule text, command text, action text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
declare
  present record;
begin
  if not peer_exchange.has_pg_cron() then
    return;
  end if;
  for present in
    select scheduled.jobid, scheduled.jobname, scheduled.schedule, scheduled.command
      from cron.job as scheduled
     where scheduled.jobname like 'peer\_exchange.%' and scheduled.username = current_user
     order by scheduled.jobid
  loop
    perform cron.unschedule(present.jobid);
    job      := present.jobname;
    schedule := present.schedule;
    command  := present.command;
    action   := 'unscheduled';
    return next;
  end loop;
end $$;

comment on function peer_exchange.unschedule_jobs() is
  'Takes back what schedule_jobs() has scheduled; to be called before DROP EXTENSION, which leaves the jobs of pg_cron behind. For service_role and the owner.';
