-- What recurs costs next to nothing where there is nothing to do, whatever the size of the tables.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local session_replication_role = replica;
create function pg_temp.key(kind text, n bigint) returns uuid language sql immutable as $$ select md5(kind || n)::uuid $$;
insert into users (id, email, first_name, user_role)
select pg_temp.key('person', n), 'person' || n || '@example.test', 'P' || n, 'osteopath' from generate_series(1, 5000) as n;
-- Most are over; of those to come none begins within the moments of a reminder. One in a hundred has one tomorrow, and its
-- reminder was sent.
insert into client_sessions (id, therapist_id, client_id, session_date, start_time, duration_minutes, status, is_peer_booking, occupied_during,
                             held_credits)
select pg_temp.key('session', n), pg_temp.key('person', n % 5000 + 1), pg_temp.key('person', (n + 1) % 5000 + 1),
       starts_at::date, starts_at::time, 60, case when n % 4 = 0 then 'scheduled' else 'completed' end, true,
       case when n % 4 = 0 then tstzrange(starts_at, starts_at + interval '1 hour') end, case when n % 4 = 0 then 60 end
  from generate_series(1, 20000) as n
 cross join lateral (select case when n % 400 = 0 then now() + n / 5000 * interval '90 minutes' + interval '15 hours' + n * interval '1 microsecond'
                                 when n % 4 = 0 then now() + interval '5 days' + n * interval '1 minute' + n / 5000 * interval '1 day'
                                 else now() - n * interval '1 hour' end as starts_at) as moment;
insert into peer_exchange.sent_reminders (starts_at, session_id, minutes_before)
select lower(occupied_during), id, 1440 from client_sessions where occupied_during && tstzrange(now(), now() + interval '1 day');
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, session_id, created_at)
select client_id, 'session_payment', 60, 100, 40, id, now() - interval '10 days' from client_sessions;
insert into notifications (recipient_id, type, payload, delivery_due_at, delivered_at)
select client_id, 'peer_credits_deducted', jsonb_build_object('session_id', id),
       case when status = 'scheduled' then now() + interval '1 hour' end, case when status <> 'scheduled' then now() end
  from client_sessions;
insert into peer_exchange.refusals (rpc, error_code) select 'create_peer_booking', 'SLOT_CONFLICT' from generate_series(1, 20000);
set local session_replication_role = origin;
analyze users, client_sessions, credit_transactions, notifications, peer_exchange.sent_reminders, peer_exchange.awaited_charges, peer_exchange.refusals;

create function pg_temp.reads() returns table (relname name, scans bigint, scanned bigint, fetched bigint)
language sql volatile
as $$
  select relname, seq_scan, seq_tup_read, idx_tup_fetch from pg_stat_xact_user_tables
   where relname in ('users', 'client_sessions', 'credit_transactions', 'notifications', 'refusals')
$$;
create temporary table read_before (relname name, scans bigint, scanned bigint, fetched bigint);
create procedure pg_temp.does(what text, fetches_at_most bigint) language plpgsql as $$
declare
  answer text;
begin
  delete from read_before;
  insert into read_before select * from pg_temp.reads();
  execute what into answer;
  raise notice '%: %', what, coalesce(answer, 'nothing');
  raise notice '%', coalesce((select string_agg(format('%s rows of %s scanned, %s fetched', after.scanned - before.scanned,
                                                       after.relname, after.fetched - before.fetched), '; ' order by after.relname)
                                from pg_temp.reads() as after join read_before as before using (relname)
                               where after.scanned > before.scanned or after.fetched - before.fetched > fetches_at_most), 'next to nothing read');
end $$;
call pg_temp.does('select peer_exchange.send_due_reminders()', 100);
call pg_temp.does('select peer_exchange.cancel_orphaned_sessions()', 10);
call pg_temp.does('select peer_exchange.settle_due_sessions()', 10);
call pg_temp.does('select notification_id from peer_exchange.claim_notifications()', 10);
-- The oldest ten thousand are looked at.
call pg_temp.does('select peer_exchange.purge_refusals()', 25000);

-- And the plan with a great many due: no more is read than is handed out, and what its recipients were told besides.
set local session_replication_role = replica;
update notifications set delivery_due_at = now() - random() * interval '1 hour' where delivered_at is null;
set local session_replication_role = origin;
analyze notifications;
call pg_temp.does('select count(*) from peer_exchange.claim_notifications(10)', 300);
rollback;
