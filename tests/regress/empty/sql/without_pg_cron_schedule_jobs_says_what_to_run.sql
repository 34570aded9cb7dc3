begin;
call story.starts();
select job, schedule, command, action from peer_exchange.schedule_jobs() where job <> 'peer_exchange.purge_refusals';
select * from peer_exchange.unschedule_jobs();
rollback;
