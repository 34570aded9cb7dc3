-- As many sessions as a job does in a run are in front of somebody else's, and nothing can be done with any of them. The others
-- have their turn all the same, and those come again.
-- Warnings name sessions, whose ids are never the same.
set client_min_messages = error;
-- So many sessions of Ann with Ben, a minute each, the first of which begins in so long.
create procedure are_with_ben(number integer, until_start interval, status text) language plpgsql as $$
begin
  set local session_replication_role = replica;
  insert into public.client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking,
                                      occupied_during, occupied_timezone, held_credits, requested_at, expires_at)
  select story.id('Ann'), story.id('Ben'), (starts_at at time zone 'UTC')::date, (starts_at at time zone 'UTC')::time, 1,
         status, true, tstzrange(starts_at, starts_at + interval '1 minute'), 'UTC', 1,
         case status when 'pending_approval' then now() - interval '3 days' end,
         case status when 'pending_approval' then now() - interval '2 days' end
    from generate_series(now() + until_start, now() + until_start + number * interval '1 minute' - interval '1 second',
                         interval '1 minute') as starts_at;
  set local session_replication_role = origin;
end $$;
create view postponed as
select job, count(*) as sessions, min(until) - now() as at_least, max(until) - now() as at_most
  from peer_exchange.postponed_sessions group by job;

-- Nothing is held for Ben's, whatever they say.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
call give('Cyd', 200);
select book('Ann', 'Cyd') -> 'success' as booked, book('Cyd', 'Ann', '12:00') -> 'success' as booked_as_well;
call begins_in('Ann', 'Cyd', '-29 hours');
call begins_in('Cyd', 'Ann', '-27 hours');
call are_with_ben(497, '-60 hours', 'scheduled');
savepoint before;
-- All of them fit into a run, and nobody waits behind them.
select peer_exchange.settle_due_sessions() as settled;
select * from postponed;
rollback to before;
call are_with_ben(3, '-70 hours', 'scheduled');
select peer_exchange.settle_due_sessions() as none_of_500;
select * from postponed;
select peer_exchange.settle_due_sessions() as then;
select practitioner, status, count(*) from sessions group by practitioner, status order by practitioner;
-- They come again, and wait for longer then, for a day at most.
update peer_exchange.postponed_sessions set until = now(), since = now() - interval '3 hours';
update peer_exchange.postponed_sessions set since = now() - interval '3 days'
 where session_id = (select min(session_id::text)::uuid from peer_exchange.postponed_sessions);
select peer_exchange.settle_due_sessions() as again;
select * from postponed;
-- What was postponed long ago is forgotten.
insert into peer_exchange.postponed_sessions (session_id, job, until) values
  (id('Nobody'), 'settle_due_sessions', now() - interval '25 hours'),
  (id('Nemo'), 'settle_due_sessions', now() - interval '23 hours');
update peer_exchange.postponed_sessions set until = now() where until > now();
select peer_exchange.settle_due_sessions() as again;
select session_id = id('Nemo') as is_nemo from peer_exchange.postponed_sessions where until < now();
rollback;

-- Nobody can tell Ben.
begin;
call story.starts();
call give('Ann', 200);
select ask('Ann', 'Cyd') -> 'success' as asked;
call requests_run_out();
call are_with_ben(500, '-60 hours', 'pending_approval');
create trigger not_for_ben before insert on notifications for each row execute function story.fails_for_ben('recipient_id');
select peer_exchange.expire_requests() as none_of_500;
select * from postponed;
select peer_exchange.expire_requests() as then;
select practitioner, status, count(*) from sessions group by practitioner, status order by practitioner;
-- Where nobody waits behind them, the job fails as they do.
delete from peer_exchange.postponed_sessions;
delete from client_sessions where id = (select id from client_sessions where therapist_id = id('Ben') limit 1);
savepoint before;
select peer_exchange.expire_requests() as none_of_499;
rollback to before;
select * from postponed;
drop trigger not_for_ben on notifications;
select peer_exchange.expire_requests() as once_that_is_mended;
rollback;

begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Cyd') -> 'success' as booked;
call waits('3 days');
call begins_in('Ann', 'Cyd', '23 hours');
call are_with_ben(1000, '1 hour', 'scheduled');
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, session_id, created_at)
select id('Ann'), 'session_hold', 1, 140, 140, 0, 1, session.id, now() - interval '3 days'
  from client_sessions as session where therapist_id = id('Ben');
create trigger not_for_ben before insert on notifications for each row execute function story.fails_for_ben('recipient_id');
select peer_exchange.send_due_reminders() as none_of_1000;
select * from postponed;
select peer_exchange.send_due_reminders() as then;
select * from reminders;
rollback;

-- People come in the order of their ids. Who has got nothing is nobody's matter but hers.
begin;
call story.starts();
insert into users (id, email, first_name, user_role)
select format('00000000-0000-4000-8000-%s', lpad(number::text, 12, '0'))::uuid, number || '@example.test', 'P' || number, 'osteopath'
  from generate_series(1, 501) as number;
create function not_for_them() returns trigger language plpgsql as $$
begin
  if new.user_id::text like '0000%' then
    raise exception 'not for them';
  end if;
  return new;
end $$;
create trigger not_for_them before insert or update on credits for each row execute function not_for_them();
savepoint before;
select peer_exchange.allocate_credits(5, 'November', '2026-11') > 0 as is_allocated;
select count(*) filter (where user_id::text like '0000%') as of_them, count(*) > 0 as of_others from credit_transactions;
select peer_exchange.allocate_credits(5, 'November', '2026-11') as nobody_else;
rollback;

-- An account that can't be opened keeps nobody from being settled.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked, book('Ann', 'Cyd', '12:00') -> 'success' as booked_as_well;
call begins_in('Ann', 'Ben', '-30 hours');
call begins_in('Ann', 'Cyd', '-27 hours');
delete from credits where user_id = id('Ben');
create trigger not_for_ben before insert on credits for each row execute function story.fails_for_ben('user_id');
select peer_exchange.settle_due_sessions() as settled;
select * from outcomes();
drop trigger not_for_ben on credits;
select peer_exchange.settle_due_sessions() as settled_then;
select * from outcomes();
rollback;
drop view postponed;
drop procedure are_with_ben;
