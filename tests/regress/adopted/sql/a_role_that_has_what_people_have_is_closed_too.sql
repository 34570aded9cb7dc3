-- An application signs some people in as a role of its own.
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
create role clerk in role authenticated;
create role back_office in role authenticated, service_role;
grant usage on schema public to clerk;
grant all on credits, client_sessions, notifications, users to clerk, back_office;
create function gift(amount integer) returns void language sql security definer
as $$ update credits set balance = balance + amount where user_id = auth.uid() $$;
revoke execute on function gift(integer) from public, anon, authenticated, service_role;
grant execute on function gift(integer) to clerk, back_office;
select object, action, detail from peer_exchange.setup()
 where object like '%clerk%' or object like '%gift(%' or object like '%back_office%';
select count(*) from peer_exchange.setup() where action = 'altered';
set local role clerk;
select has_table_privilege('credits', 'update') as writes_balances, has_table_privilege('client_sessions', 'trigger') as puts_triggers,
       has_table_privilege('notifications', 'truncate') as empties, has_table_privilege('client_sessions', 'update') as changes_sessions;
call signs_in('Ann', 'clerk');
select book('Ann', 'Ben') -> 'success' as booked;
update notifications set read_at = now() where recipient_id = id('Ann') returning type;
rollback;

-- The owner of the tables may not even look into their schema.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
update credits set current_balance = balance;
create role "Shy owner";
do $$
declare
  host_table regclass;
begin
  for host_table in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
    execute format('alter table %s owner to "Shy owner"', host_table);
  end loop;
end $$;
revoke all on schema public from public;
set client_min_messages = warning;
create extension peer_exchange cascade;
select action, count(*) > 0 as are_any from peer_exchange.setup() group by action order by action;
select action, count(*) > 0 as are_any from peer_exchange.setup() group by action order by action;
\i regress/adopted/scratch_story.sql
begin;
call story.starts();
select book('Ann', 'Ben') -> 'success' as booked;
rollback;
drop owned by "Shy owner" cascade;
drop role "Shy owner";
\i regress/adopted/scratch_end.sql
