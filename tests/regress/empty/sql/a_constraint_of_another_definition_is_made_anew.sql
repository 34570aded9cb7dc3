begin;
call story.starts();
alter table credits drop constraint credits_balance_not_negative, drop constraint credits_owed_not_negative,
  add constraint credits_balance_not_negative check (true),
  add constraint credits_owed_not_negative check (owed >= 0) not valid;
alter table client_sessions drop constraint client_sessions_no_overlap,
  add constraint client_sessions_no_overlap check (true);
select object, action, detail from peer_exchange.setup(true) where action <> 'unchanged';
select object, action from peer_exchange.setup() where action <> 'unchanged';
select distinct action from peer_exchange.setup();
select conname, pg_get_constraintdef(oid) from pg_constraint
 where conname in ('credits_balance_not_negative', 'credits_owed_not_negative', 'client_sessions_no_overlap') order by conname;
-- It holds again at the wrong moment, or for too few.
alter table client_sessions drop constraint client_sessions_no_overlap,
  add constraint client_sessions_no_overlap exclude using gist (therapist_id with =, occupied_during with &&)
  where (occupied_during is not null) deferrable initially deferred;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged';
alter table client_sessions drop constraint client_sessions_no_overlap,
  add constraint client_sessions_no_overlap exclude using gist (therapist_id with =, occupied_during with &&)
  where (occupied_during is not null and status = 'scheduled');
select object, action from peer_exchange.setup() where action <> 'unchanged';
select obj_description(oid) from pg_constraint where conname = 'client_sessions_no_overlap';
rollback;

-- Rows that came in meanwhile are conflicts.
begin;
call story.starts();
alter table credits drop constraint credits_balance_not_negative, add constraint credits_balance_not_negative check (true);
insert into credits (user_id, balance) values (id('Ann'), -5);
select replace(object, id('Ann')::text, 'Ann') as object, action, detail from peer_exchange.setup() where action <> 'unchanged';
rollback;
