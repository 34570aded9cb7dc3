-- A trigger of the application finds inside our calls what it finds in a statement of the owner's: by the path that is
-- usual, or by the one that the owner has been given; never what a caller has put in her temporary schema.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create schema app;
set client_min_messages = warning;
create role path_owner;
alter schema app owner to path_owner;
alter table users owner to path_owner;
alter table client_sessions owner to path_owner;
alter table credits owner to path_owner;
alter table credit_transactions owner to path_owner;
alter table practitioner_products owner to path_owner;
alter table practitioner_availability owner to path_owner;
alter table calendar_events owner to path_owner;
alter table notifications owner to path_owner;
alter table cancellation_policies owner to path_owner;
grant usage on schema auth to path_owner;
create table public.seen (what text);
alter table public.seen owner to path_owner;
create function public.sees() returns trigger language plpgsql as $$
begin
  insert into seen values (format('%s by %s', tg_table_name, current_user));
  return new;
end $$;
create trigger sees before insert on client_sessions for each row execute function sees();
create trigger sees after update on credits for each row execute function sees();
create extension peer_exchange cascade;
select count(*) > 0 as was_set_up from peer_exchange.setup();
update credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
\i regress/adopted/scratch_story.sql
truncate public.seen;
begin;
call story.starts();
call signs_in('Ann');
grant temporary on database scratch to authenticated;
set local role authenticated;
create temporary table seen (what text);
create temporary table credits (user_id uuid, balance integer);
set local search_path = story, pg_temp, public;
select book('Ann', 'Ben') -> 'success' as booked;
select count(*) as in_her_own from pg_temp.seen;
reset role;
select what, count(*) from public.seen group by what order by what;
select current_setting('search_path') as path, current_user = session_user as is_oneself;
rollback;
-- Its own path.
alter role path_owner set search_path = app, public;
create table app.seen (what text);
alter table app.seen owner to path_owner;
\c
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
select book('Ann', 'Ben') -> 'success' as booked;
select refund('Ann', 'Ben') -> 'success' as refunded;
reset role;
select what, count(*) from app.seen group by what order by what;
select count(*) as elsewhere from public.seen;
rollback;
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role path_owner;
\set ECHO all
