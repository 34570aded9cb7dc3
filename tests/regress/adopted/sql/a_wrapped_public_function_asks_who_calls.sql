-- An application that wraps one relies on its checks; whoever acts for others calls the service functions, which
-- are guarded by EXECUTE alone.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
create role practice_desk in role service_role;
grant usage on schema story to practice_desk;
set local check_function_bodies = off;
create function books_for(client text) returns jsonb language sql security definer set search_path = story, public as $$
  select book(client, 'Cyd') $$;
create function cancels_for(session uuid) returns json language sql security definer as $$
  select process_peer_booking_refund(session) $$;
create function charges(session uuid) returns json language sql security definer as $$
  select peer_exchange.charge_session(session) $$;
create function desk_cancels(session uuid) returns json language sql security definer as $$
  select peer_exchange.cancel_session(session, 'client') $$;
create function rewards(person uuid, amount integer) returns json language sql security definer as $$
  select peer_exchange.grant_credits(person, amount, 'Thanks') $$;
create function corrects(person uuid, amount integer) returns json language sql security definer as $$
  select peer_exchange.adjust_credits(person, amount, 'Wrongly given') $$;
alter function charges(uuid) owner to practice_desk;
alter function desk_cancels(uuid) owner to practice_desk;
alter function rewards(uuid, integer) owner to practice_desk;
alter function corrects(uuid, integer) owner to practice_desk;

call signs_in('Ben');
set local role authenticated;
select books_for('Ann');
reset role;
call signs_in(null);
call inserts('Ann', 'Cyd');
select session('Ann', 'Cyd') as session \gset
call signs_in('Ben');
set local role authenticated;
select cancels_for(:'session');
select charges(:'session') -> 'success' as charged;
select desk_cancels(:'session') -> 'refunded_credits' as refunded;
select rewards(id('Ann'), 5) -> 'balance_after' as balance;
select corrects(id('Ann'), -5) -> 'balance_after' as balance;
-- Herself she may call none of them.
select peer_exchange.charge_session(:'session');
select peer_exchange.cancel_session(:'session', 'client');
select peer_exchange.grant_credits(id('Ben'), 5, 'Gift');
select peer_exchange.adjust_credits(id('Ben'), 5, 'Gift');
select peer_exchange.allocate_credits(60, 'Monthly credits', '2026-12');
select peer_exchange.purge_refusals();
select peer_exchange.send_due_reminders();
select peer_exchange.schedule_jobs();
select peer_exchange.unschedule_jobs();
select peer_exchange.claim_notifications();
rollback;
