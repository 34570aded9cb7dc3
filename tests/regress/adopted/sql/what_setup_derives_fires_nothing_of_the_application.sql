-- Triggers that raise, suppress, count and touch, whenever they are to fire; a rule; a table that forces its policies. All
-- sessions get their times, nothing fires, and everything is as it was.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
update credits set current_balance = balance;
create role deriving_owner;
do $$
begin
  execute (select string_agg(format('alter table %s owner to deriving_owner', oid::regclass), '; ')
             from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r');
end $$;
create table fired (what text);
grant insert on fired to deriving_owner;
create function raises() returns trigger language plpgsql as $$ begin raise exception 'not paid yet'; end $$;
create function suppresses() returns trigger language plpgsql as $$ begin return null; end $$;
create function counts() returns trigger language plpgsql as $$
begin
  insert into public.fired values (tg_name);
  return new;
end $$;
create trigger a_raises before update on client_sessions for each row execute function raises();
create trigger b_suppresses before update on client_sessions for each row execute function suppresses();
create trigger c_raises_always before update on client_sessions for each row execute function raises();
create trigger d_counts_for_replicas after update on client_sessions for each row execute function counts();
create trigger e_counts_statements after update on client_sessions for each statement execute function counts();
create trigger f_is_off before update on client_sessions for each row execute function raises();
alter table client_sessions enable always trigger c_raises_always, enable replica trigger d_counts_for_replicas,
                            disable trigger f_is_off;
create rule counts_too as on update to client_sessions do also insert into public.fired values ('rule');
alter table client_sessions enable always rule counts_too;
alter table client_sessions force row level security;
create table before as
  select tgname, tgenabled from pg_trigger where tgrelid = 'client_sessions'::regclass and not tgisinternal
  union all
  select rulename, ev_enabled from pg_rewrite where ev_class = 'client_sessions'::regclass;
create table touched as select id, to_jsonb(client_sessions) as session from client_sessions;

create extension peer_exchange cascade;
select object, detail from peer_exchange.setup() where object like 'rows of public%' or action = 'conflict';
select count(*) > 0 as have_times from client_sessions where occupied_during is not null;
table fired;
table before
except
(select tgname, tgenabled from pg_trigger where tgrelid = 'client_sessions'::regclass
 union all
 select rulename, ev_enabled from pg_rewrite where ev_class = 'client_sessions'::regclass);
select count(*) as changed_otherwise
  from touched join client_sessions using (id)
 where not to_jsonb(client_sessions) @> touched.session;
select current_setting('session_replication_role') as role;
\i regress/adopted/scratch_end.sql
\set ECHO none
drop role deriving_owner;
\set ECHO all
