-- A caller owns her search_path and her temporary tables; the functions look at neither.
begin;
call story.starts();
call give('Ann', 100);
select monday() as day, id('Ann') as ann, id('Ben') as ben, id('Cyd') as cyd \gset
create schema mallory;
create table mallory.credits (user_id uuid, balance integer, owed integer, total_earned integer, total_spent integer);
insert into mallory.credits values (:'cyd', 1000000, 0, 0, 0);
create table mallory.client_sessions (like public.client_sessions);
create function mallory.now() returns timestamptz language sql as $$ select timestamptz '1999-01-01' $$;
create function mallory.never(integer, integer) returns boolean language sql as $$ select false $$;
create operator mallory.< (leftarg = integer, rightarg = integer, function = mallory.never);
create operator mallory.>= (leftarg = integer, rightarg = integer, function = mallory.never);
create temporary table users (like public.users);
create temporary table credits (like public.credits);
create temporary table credit_transactions (like public.credit_transactions);
create temporary table notifications (like public.notifications);

set local search_path = mallory, pg_temp, public, pg_catalog;
select create_peer_booking(:'cyd', :'ben', :'day', '10:00', 60, 'massage') ->> 'error_code' as code;
select create_peer_booking(:'ann', :'ben', :'day', '10:00', 60, 'massage') ->> 'session_id' as session \gset
select process_peer_booking_credits(:'ann', :'ben', :'session', 60) ->> 'replayed' as replayed;
select get_practitioner_credit_cost(:'ben', 60) as cost;
update public.client_sessions set status = 'confirmed';
select count(*) as findings from peer_exchange.verify_ledger();
select process_peer_booking_refund(:'session') ->> 'refunded_credits' as refunded;
select count(*) as findings from peer_exchange.verify_ledger();
select array_agg(distinct action) as actions from peer_exchange.setup();

set local search_path = story, public, pg_temp;
select (select count(*) from mallory.client_sessions) as sessions_of_mallory, (select count(*) from pg_temp.credits) as temporary_balances,
       (select count(*) from pg_temp.credit_transactions) as temporary_entries, (select count(*) from pg_temp.notifications) as temporary_messages;
select * from balances;
select type from ledger;
rollback;
