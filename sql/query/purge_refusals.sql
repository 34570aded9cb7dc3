-- $1 how many of the oldest to look at. What is kept is neither locked nor written; what another purge
-- deletes right now is left to it.
with purged as (
  delete from peer_exchange.refusals as refusal
   where refusal.id = any (array(
           select old.id
             from peer_exchange.refusals as old
            where old.id = any (array(select oldest.id from peer_exchange.refusals as oldest order by oldest.id limit $1))
              and (old.refused_at < (select peer_exchange.refusals_kept_from())
                   or old.id <= (select max(newest.id) - 5000000 from peer_exchange.refusals as newest))
              for update of old skip locked))
  returning refusal.id
)
select count(*) as purged from purged
