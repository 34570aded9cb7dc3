-- $1 sessions, $2 the job that could do nothing with them. What was postponed long ago is forgotten; another run that does the
-- same is not waited for.
with forgotten as (
  delete from peer_exchange.postponed_sessions as postponed
   where postponed.ctid = any (array(
           select old.ctid
             from peer_exchange.postponed_sessions as old
            where old.until < now() - interval '1 day'
              and old.session_id <> all ($1)
              for update skip locked))
)
insert into peer_exchange.postponed_sessions as postponed (session_id, job, until)
select undone.id, $2, now() + interval '1 hour'
  from unnest($1) as undone (id)
 order by undone.id
    on conflict (session_id, job) do update
   set until = now() + least(greatest(now() - postponed.since, interval '1 hour'), interval '1 day')
